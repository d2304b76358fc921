import type { Failure } from '../../child/protocol.ts';

export interface FrameQuery {
  /** Seconds since the first frame of the recording. */
  readonly time: number;
  /** Pixels that the upright picture is wide at most; a smaller recording is not enlarged. */
  readonly width: number;
  /** `exact`: the frame at or just before the time. `key`: the nearest key frame, which needs no other to be decoded. */
  readonly precision: 'exact' | 'key';
}

export interface ServedFrame {
  /** Upright, natural colours, for a standard screen. Shared with the cache: not to be changed. */
  readonly jpeg: Uint8Array;
  /** The frame's own time in seconds; asked for again, it gives the same frame. */
  readonly time: number;
  readonly width: number;
  readonly height: number;
  readonly isKeyFrame: boolean;
  /** When the frame before this one is shown; not told with `key`, nor of the first. */
  readonly previousTime?: number | undefined;
  /** When the frame after this one is shown; not told with `key`, nor of the last that can be read. */
  readonly nextTime?: number | undefined;
}

/** The times in seconds, up to but without `until`, for which an answer is the right one. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** What the parent answers when the child asks, before each request and now and then while it decodes an exact frame. */
export type FrameOrder =
  | { readonly type: 'frame'; readonly id: number; readonly query: FrameQuery }
  | { readonly type: 'goOn' }
  /** Nobody waits for the exact frame any more. */
  | { readonly type: 'stop' };

export type FrameAnswer = { readonly id: number } & (
  | { readonly type: 'frame'; readonly frame: ServedFrame; readonly span: Span }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'stopped' }
);
