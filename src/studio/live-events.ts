import type { VideoSummary } from '../temporal/client/video-summary.ts';
import type { VideoProgress } from '../temporal/client/watch/index.ts';

/** What the studio tells its pages as it happens: the events of `GET /api/events`, each with one JSON document. */
export interface LiveEvents {
  /** The first: the stream's name, for `PUT /api/events/:stream/screen`, and the version of the page that fits. */
  readonly hello: { readonly stream: string; readonly version: string };
  /** All videos at first, then those that changed; `gone` no longer exist. */
  readonly videos: { readonly changed: readonly VideoSummary[]; readonly gone: readonly string[] };
  /** What active videos on the screen are doing, those that changed; null when nothing runs. */
  readonly progress: readonly VideoProgress[];
  /** Temporal does not answer; null when it does again. */
  readonly trouble: { readonly problem: string | null };
}

export type LiveEventName = keyof LiveEvents;
