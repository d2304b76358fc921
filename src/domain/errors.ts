/**
 * What went wrong, expressed so that both a program and a person know what can be done about it.
 *
 * - `retry`: the same call may succeed later (network, a process that died); retried automatically, not before
 *   `notBefore` if that is known (a quota that resets, a video that is still being processed).
 * - `fix`: nothing changes until a person acts; the video is parked with `action` as the advice.
 */
export type Remedy = 'retry' | 'fix';

export const errorCodes = [
  'BAD_NAME',
  'FILE_MISSING',
  'FILE_CHANGED',
  'NOT_A_VIDEO',
  'DAMAGED_VIDEO',
  'DECODER_FAILED',
  'NO_SPACE',
  'FOLDER_UNUSABLE',
  'FRAME_NOT_FOUND',
  'TEMPLATE_UNKNOWN',
  'PICTURE_UNREADABLE',
  'METADATA_INVALID',
  'RECORD_INVALID',
  'STAGE_ORDER',
  'SUPERSEDED',
  'STALLED',
  'ALREADY_PROCESSED_ELSEWHERE',
  'AUTH_REQUIRED',
  'QUOTA_EXHAUSTED',
  'UPLOAD_LIMIT_REACHED',
  'UPLOAD_REJECTED',
  'UPLOAD_INTERRUPTED',
  'UPLOAD_OUTCOME_UNKNOWN',
  'STILL_PROCESSING',
  'PROCESSING_FAILED',
  'PUBLISH_NOT_CONFIRMED',
  'THUMBNAIL_REJECTED',
  'PLAYLIST_REJECTED',
  'PORT_IN_USE',
  'RENDERER_FAILED',
  'POSE_FAILED',
  'DESIGN_INVALID',
  'RESULT_INVALID',
  'NEWER_DATA',
  'DATA_IN_USE',
  'HOST_UNKNOWN',
  'HOST_AMBIGUOUS',
  'PAYLOAD_UNREADABLE',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export interface StageErrorOptions {
  readonly remedy: Remedy;
  readonly action: string;
  readonly notBefore?: number | undefined;
  readonly failingSince?: number | undefined;
  readonly cause?: unknown;
}

/** An expected failure of a stage: shown to people without a stack trace. */
export class StageError extends Error {
  override readonly name = 'StageError';
  readonly code: ErrorCode;
  readonly remedy: Remedy;
  /** One sentence for a person: what to do next. */
  readonly action: string;
  /** Milliseconds since 1970: retrying earlier is pointless. */
  readonly notBefore: number | undefined;
  /** Milliseconds since 1970: since when its cause, which is not this video's alone, has been there; it is told once. */
  readonly failingSince: number | undefined;

  constructor(code: ErrorCode, message: string, options: StageErrorOptions) {
    super(message, { cause: options.cause });
    this.code = code;
    this.remedy = options.remedy;
    this.action = options.action;
    this.notBefore = options.notBefore;
    this.failingSince = options.failingSince;
  }
}
