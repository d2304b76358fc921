import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Toasts } from './toasts.tsx';

interface Props {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly wide?: boolean;
}

/** Nothing outside an open dialog can be pressed, so messages are shown inside it. */
export const openDialogs = signal(0);

/** A modal window: the browser keeps the focus inside it and restores it afterwards. */
export function Dialog({ title, isOpen, onClose, children, wide }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen && !element.current?.open) element.current?.showModal();
    if (!isOpen) {
      element.current?.close();
      return undefined;
    }
    openDialogs.value += 1;
    return () => {
      openDialogs.value -= 1;
    };
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={element}
      class={wide ? 'dialog wide' : 'dialog'}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === element.current && onClose()}
    >
      {isOpen && (
        <div class="dialog-body">
          <header>
            <h2>{title}</h2>
            <button type="button" class="quiet" aria-label="Close" onClick={onClose}>
              ✕
            </button>
          </header>
          <Toasts />
          {children}
        </div>
      )}
    </dialog>
  );
}
