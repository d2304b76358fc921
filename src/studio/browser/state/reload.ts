import { computed, effect, signal } from '@preact/signals';

/** The page holds what a reload would lose: files that are being sent. */
export const holdsFiles = signal(false);
/** The page is doing something with several videos, one after the other. */
export const isAtWork = signal(false);
const wouldLose = computed(() => holdsFiles.value || isAtWork.value);
/** The program was updated, and this page finishes what it does before it follows. */
export const isOutdated = signal(false);

/** Reloads the page, once nothing would be lost by it. */
export function reloadWhenPossible(): void {
  if (isOutdated.peek()) return;
  isOutdated.value = true;
  const end = effect(() => {
    if (wouldLose.value) return;
    queueMicrotask(() => end());
    location.reload();
  });
}

const askFirst = (event: BeforeUnloadEvent) => event.preventDefault();

/** Leaving the page while it sends files, or works on several videos, is asked about first, by the browser in its own words. */
export const guardLeaving = () =>
  effect(() => {
    if (!wouldLose.value) return undefined;
    addEventListener('beforeunload', askFirst);
    return () => removeEventListener('beforeunload', askFirst);
  });
