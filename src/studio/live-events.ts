import type { VideoSummary } from '../temporal/client/video-summary.ts';
import type { VideoProgress } from '../temporal/client/watch/index.ts';

/** What the studio tells its pages as it happens: the events of `GET /api/events`, each with one JSON document. */
export interface LiveEvents {
  /**
   * The first: the stream's name, for `PUT /api/events/:stream/screen`, the version of the page that fits, and how often
   * there is a sign of life, in milliseconds.
   */
  readonly hello: { readonly stream: string; readonly version: string; readonly aliveEvery: number };
  /** Says that the connection works, as a broken one is not always closed, and whether videos are rehearsed. */
  readonly alive: { readonly isRehearsal: boolean };
  /** Instead of all others: there is no place for one more stream. It ends, and the page asks again after a while. */
  readonly full: { readonly problem: string };
  /** All videos at first, then those that have changed; `gone` no longer exist. */
  readonly videos: { readonly changed: readonly VideoSummary[]; readonly gone: readonly string[] };
  /** What active videos on screen are doing, for those that have changed; null when nothing is running. */
  readonly progress: readonly VideoProgress[];
  /** Temporal is not answering; null when it does again. */
  readonly trouble: { readonly problem: string | null };
}

export type LiveEventName = keyof LiveEvents;
