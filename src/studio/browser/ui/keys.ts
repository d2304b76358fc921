import { useEffect, useRef } from 'preact/hooks';

/** What a key does, by `KeyboardEvent.key`; letters in any case. */
export type Keys = Record<string, (event: KeyboardEvent) => void>;

const isTicking = (target: EventTarget | null) => target instanceof HTMLInputElement && target.type === 'checkbox';
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  !isTicking(target) &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
const isPressable = (target: EventTarget | null) =>
  isTicking(target) || (target instanceof HTMLElement && /^(BUTTON|A|SUMMARY)$/.test(target.tagName));

/** A button that was clicked keeps the focus, but the space bar is not meant for it. */
let clicked: Element | null = null;
addEventListener(
  'pointerdown',
  ({ target }) => {
    clicked = target instanceof Element ? target.closest('button, a, summary') : null;
  },
  true,
);
addEventListener(
  'keydown',
  ({ key }) => {
    if (key === 'Tab') clicked = null;
  },
  true,
);

/** Keys that repeat while held; any other acts once, so that a slow finger chooses only one video. */
const isRepeatable = (key: string) => /^(Arrow\w+|[lh])$/i.test(key);

/** Listens to keys wherever the focus is, unless somebody types, presses a button with Enter, or a dialog is open. */
export function useKeys(keys: Keys): void {
  const present = useRef(keys);
  present.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (event.key === 'Enter' && isPressable(event.target)) return;
      if (event.key === ' ' && isPressable(event.target) && event.target !== clicked) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.repeat && !isRepeatable(event.key)) return;
      const action = present.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!action) return;
      event.preventDefault();
      // Some browsers press a button when the space bar is let go.
      if (event.key === ' ') addEventListener('keyup', (up) => up.preventDefault(), { once: true });
      action(event);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
