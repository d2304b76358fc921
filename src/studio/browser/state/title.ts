import { effect, signal } from '@preact/signals';
import { about } from './about.ts';
import { queue } from './choosing.ts';

/** The name of the video whose page is open. */
export const openVideo = signal<string | undefined>(undefined);

/** The tab's title counts what waits for this person, so that it is seen from another tab. */
export function keepTitle(): void {
  const served = document.title;
  effect(() => {
    const { length } = queue.value;
    const name = openVideo.value ?? (about.value ? `${about.value.club} Studio` : served);
    document.title = length > 0 ? `(${length}) ${name}` : name;
  });
}
