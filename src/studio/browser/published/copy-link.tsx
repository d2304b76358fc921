import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { tell } from '../state/toasts.ts';
import { words } from './words.ts';

/** Copies a link; where the browser has no clipboard for pages, as on plain HTTP, it is marked to be copied by hand. */
export function CopyLink({ url, title }: { readonly url: string; readonly title: string }) {
  const isByHand = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isByHand.value) return;
    field.current?.focus();
    field.current?.select();
  }, [isByHand.value]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      tell({ kind: 'done', text: words.copied });
    } catch {
      isByHand.value = true;
    }
  };
  if (!isByHand.value) {
    return (
      <button type="button" class="plain" onClick={() => void copy()}>
        {words.copy} <span class="unseen">{words.ofVideo(title)}</span>
      </button>
    );
  }
  return (
    <label class="by-hand">
      <span class="hint">{words.byHand}</span>
      <input
        ref={field}
        readOnly
        aria-label={words.linkOf(title)}
        value={url}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
    </label>
  );
}
