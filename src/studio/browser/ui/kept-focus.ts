import { useEffect, useRef } from 'preact/hooks';
import { isFocusLost } from './lost-focus.ts';

/**
 * For an element whose content is replaced when `content` changes: if the focus was on what has gone, it moves to the
 * page's content instead of getting lost.
 */
export function useKeptFocus(content: unknown) {
  const wasInside = useRef(false);
  useEffect(() => {
    if (wasInside.current && isFocusLost()) document.getElementById('main')?.focus({ preventScroll: true });
  }, [content]);
  return {
    onFocusIn: () => {
      wasInside.current = true;
    },
    onFocusOut: ({ relatedTarget, currentTarget }: FocusEvent) => {
      // Without a next element the focused one may have been removed.
      if (relatedTarget && !(currentTarget as HTMLElement).contains(relatedTarget as Node)) wasInside.current = false;
    },
  };
}
