import { effect, signal } from '@preact/signals';

/** The page holds what a reload would lose: files that are being sent. */
export const holdsFiles = signal(false);
/** The program was updated, and this page waits for its files before it follows. */
export const isOutdated = signal(false);

/** Reloads the page, once nothing would be lost by it. */
export function reloadWhenPossible(): void {
  if (isOutdated.peek()) return;
  isOutdated.value = true;
  const end = effect(() => {
    if (holdsFiles.value) return;
    queueMicrotask(() => end());
    location.reload();
  });
}

const askFirst = (event: BeforeUnloadEvent) => event.preventDefault();

/** Leaving the page while it sends files is asked about first, by the browser in its own words. */
export const guardLeaving = () =>
  effect(() => {
    if (!holdsFiles.value) return undefined;
    addEventListener('beforeunload', askFirst);
    return () => removeEventListener('beforeunload', askFirst);
  });
