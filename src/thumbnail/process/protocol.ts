import type { Failure } from '../../child/protocol.ts';
import type { Thumbnail, ThumbnailRequest } from '../request.ts';

/** The parent's requests; the child answers each one before it is sent the next. */
export type ToRenderer = ThumbnailRequest;

/** `begun` precedes each answer: a child that died before sending it did not die of this request. */
export type FromRenderer =
  | { readonly type: 'begun' }
  | { readonly type: 'done'; readonly thumbnail: Thumbnail }
  | { readonly type: 'failed'; readonly failure: Failure };
