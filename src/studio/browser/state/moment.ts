import { signal } from '@preact/signals';
import { askPicture, pictures } from '../api.ts';
import { largeWidth } from './session.ts';

/** The moment the person is looking at on the scrubber. */
export interface ShownMoment {
  readonly id: string;
  /** Where the person points, in seconds. */
  readonly at: number;
  readonly picture?: string;
  /** Whether the picture is exactly that moment's; until then it is the nearest one immediately available. */
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
  ending.abort();
  ending = new AbortController();
  const { signal: own } = ending;
  const before = moment.peek();
  moment.value = {
    ...(before?.id === id ? { ...before } : {}),
    ...{ id, at, isExact: false, previous: undefined, next: undefined },
  };
  const show = (picture: string, headers: Headers, isExact: boolean) => {
    if (own.aborted || moment.peek()?.isExact) return URL.revokeObjectURL(picture);
    const old = moment.peek()?.picture;
    const number = (name: string) => (headers.has(name) ? Number(headers.get(name)) : undefined);
    moment.value = {
      ...{ id, at, picture, isExact },
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
      moment.value = { id, at, isExact: false, problem: error.message };
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

export function leaveMoment(): void {
  ending.abort();
  letGo(moment.peek()?.picture);
  moment.value = undefined;
}

/** Frees a picture once the next is on screen. */
function letGo(picture: string | undefined): void {
  if (picture) setTimeout(() => URL.revokeObjectURL(picture), 1000);
}
