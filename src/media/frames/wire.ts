import type { Failure } from '../../child/protocol.ts';

export interface FrameQuery {
  /** Seconds since the first frame of the recording. */
  readonly time: number;
  /** Largest width of the upright picture in pixels; smaller recordings are not enlarged. */
  readonly width: number;
  /** `exact`: the frame at or just before the time. `key`: the nearest key frame, which can be decoded by itself. */
  readonly precision: 'exact' | 'key';
}

export interface ServedFrame {
  /** Upright, natural colours, for a standard screen. Shared with the cache: do not modify it. */
  readonly jpeg: Uint8Array;
  /** The frame's own time in seconds; requesting it gives the same frame again. */
  readonly time: number;
  readonly width: number;
  readonly height: number;
  readonly isKeyFrame: boolean;
  /** When the frame before this one is shown; absent with `key`, and for the first frame. */
  readonly previousTime?: number | undefined;
  /** When the frame after this one is shown; absent with `key`, and for the last frame that can be read. */
  readonly nextTime?: number | undefined;
}

/** The times in seconds, up to but excluding `until`, for which an answer is right. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * What the parent answers when the child asks for work: before each request, and from time to time while decoding an
 * exact frame.
 */
export type FrameOrder =
  | { readonly type: 'frame'; readonly id: number; readonly query: FrameQuery }
  | { readonly type: 'goOn' }
  /** Nobody is waiting for the exact frame any more. */
  | { readonly type: 'stop' };

export type FrameAnswer = { readonly id: number } & (
  | { readonly type: 'frame'; readonly frame: ServedFrame; readonly span: Span }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'stopped' }
);
