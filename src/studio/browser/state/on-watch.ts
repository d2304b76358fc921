import { effect, signal } from '@preact/signals';

/**
 * Whether this page should have an event stream. A browser opens six connections to a host, all its tabs together, so
 * hidden tabs have none, but for one, which notifies and whose title counts what waits. Web Locks choose it. They exist
 * in secure contexts only: on a phone on plain HTTP no hidden tab has one.
 */
export const isOnWatch = signal(true);
const isVisible = signal(true);

export function watchVisibility(): void {
  const look = () => {
    isVisible.value = document.visibilityState !== 'hidden';
  };
  look();
  document.addEventListener('visibilitychange', look);
  effect(() => {
    if (isVisible.value) {
      isOnWatch.value = true;
      return undefined;
    }
    isOnWatch.value = false;
    if (!navigator.locks) return undefined;
    const ending = new AbortController();
    const ended = new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()));
    navigator.locks
      .request('studio-news', { signal: ending.signal }, () => {
        isOnWatch.value = true;
        return ended;
      })
      .catch(() => {});
    return () => ending.abort();
  });
}
