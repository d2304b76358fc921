import { signal } from '@preact/signals';
import { askPicture, pictures } from '../api.ts';
import { play, playedTo, playing, stopPlaying } from './playing.ts';
import { largeWidth } from './session.ts';

/** The moment the person is looking at on the scrubber. */
export interface ShownMoment {
  readonly id: string;
  /** Where the person points, in seconds. */
  readonly at: number;
  readonly picture?: string | undefined;
  /** Whether the picture is at least the nearest key frame's; until then it is the one shown before. */
  readonly isNear: boolean;
  /** Whether the picture is exactly that moment's. */
  readonly isExact: boolean;
  /** Times of the frame, the previous one and the next one. */
  readonly time?: number;
  readonly previous?: number | undefined;
  readonly next?: number | undefined;
  readonly problem?: string;
}

export const moment = signal<ShownMoment | undefined>(undefined);

/** Milliseconds after which the nearest key frame is shown while the exact frame is loading. */
const patience = 70;
let ending = new AbortController();

/** Shows a moment: first whatever is immediately available, then the exact frame. */
export function lookAt(id: string, at: number): void {
  stopPlaying();
  ending.abort();
  ending = new AbortController();
  const { signal: own } = ending;
  const before = moment.peek();
  moment.value = { id, at, picture: before?.id === id ? before.picture : undefined, isNear: false, isExact: false };
  const show = (picture: string, headers: Headers, isExact: boolean) => {
    if (own.aborted || moment.peek()?.isExact) return URL.revokeObjectURL(picture);
    const old = moment.peek()?.picture;
    const number = (name: string) => (headers.has(name) ? Number(headers.get(name)) : undefined);
    moment.value = {
      ...{ id, at, picture, isNear: true, isExact },
      ...(isExact && { time: number('x-time') ?? at, previous: number('x-previous'), next: number('x-next') }),
    };
    letGo(old);
  };
  const exact = askPicture(pictures.frame(id, at, largeWidth(), 'exact'), own);
  exact.then(
    ({ url, headers }) => show(url, headers, true),
    (error: Error) => {
      if (own.aborted) return;
      letGo(moment.peek()?.picture);
      moment.value = { id, at, isNear: false, isExact: false, problem: error.message };
    },
  );
  setTimeout(() => {
    if (own.aborted || moment.peek()?.isExact) return;
    askPicture(pictures.frame(id, at, 640, 'key'), own).then(
      ({ url, headers }) => show(url, headers, false),
      () => {},
    );
  }, patience);
}

/**
 * Pauses what plays, and looks at a moment of it.
 * @param at seconds; by default the frame on the screen
 * @returns that moment, in seconds; undefined unless something plays
 */
export function pausePlaying(at: number = playedTo.peek()): number | undefined {
  const played = playing.peek();
  if (!played || played.isPaused) return undefined;
  lookAt(played.id, at);
  playing.value = { ...played, isPaused: true };
  return at;
}

/** Seconds before the end of a recording at which it plays from its beginning. */
const atItsEnd = 0.2;

/** Pauses, or plays from there; times in seconds. */
export function togglePlaying(id: string, from: number, duration: number): void {
  if (pausePlaying() === undefined) play(id, from > duration - atItsEnd ? 0 : from);
}

/** Where the person was before moving on to a candidate, in seconds. */
export const leftMoment = signal<{ readonly id: string; readonly at: number } | undefined>(undefined);

export function leaveMoment(): void {
  stopPlaying();
  ending.abort();
  const left = moment.peek();
  if (left && !left.problem) leftMoment.value = { id: left.id, at: left.time ?? left.at };
  letGo(moment.peek()?.picture);
  moment.value = undefined;
}

/** Frees a picture once the next is on screen. */
function letGo(picture: string | undefined): void {
  if (picture) setTimeout(() => URL.revokeObjectURL(picture), 1000);
}
