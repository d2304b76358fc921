import { signal } from '@preact/signals';

/** A recording that is played in the page. */
export interface Playing {
  readonly id: string;
  /** Seconds: where it plays from. */
  readonly from: number;
  /** It has stopped at a moment, and is on the screen until that moment's picture is there. */
  readonly isPaused: boolean;
}

export const playing = signal<Playing | undefined>(undefined);
/** Seconds: the frame on the screen while something plays. */
export const playedTo = signal(0);

export function play(id: string, from: number): void {
  playedTo.value = from;
  playing.value = { id, from, isPaused: false };
}

/** A person wants to see something else. */
export function stopPlaying(): void {
  if (playing.peek()) playing.value = undefined;
}
