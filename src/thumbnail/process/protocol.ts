import type { ErrorCode, Remedy } from '../../domain/errors.ts';
import type { ThumbnailRequest, ThumbnailSummary } from '../request.ts';

/** What the parent asks of a fresh child: draw, write to `temporary`, rename to `out`. */
export interface RenderJob {
  readonly request: ThumbnailRequest;
  readonly out: string;
  /** In the same folder as `out`; the parent removes it when the child could not. */
  readonly temporary: string;
}

/** An error on its way through the channel: a StageError keeps its parts, any other only its text. */
export type RenderReply =
  | { readonly type: 'done'; readonly summary: ThumbnailSummary }
  | {
      readonly type: 'stage-error';
      readonly code: ErrorCode;
      readonly message: string;
      readonly remedy: Remedy;
      readonly action: string;
    }
  | { readonly type: 'unexpected'; readonly message: string; readonly stack: string };
