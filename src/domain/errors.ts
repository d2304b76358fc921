/**
 * What went wrong, told so that both a program and a person know what may be done about it.
 *
 * - `retry`: the same call may succeed later (network, a process that died); tried again by itself.
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
  'ALREADY_PROCESSED_ELSEWHERE',
  'AUTH_REQUIRED',
  'QUOTA_EXHAUSTED',
  'UPLOAD_REJECTED',
  'UPLOAD_INTERRUPTED',
  'UPLOAD_OUTCOME_UNKNOWN',
  'PUBLISH_NOT_CONFIRMED',
  'THUMBNAIL_REJECTED',
  'PORT_IN_USE',
  'RENDERER_FAILED',
  'POSE_FAILED',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An expected failure of a stage: shown to people without a stack trace. */
export class StageError extends Error {
  override readonly name = 'StageError';
  readonly code: ErrorCode;
  readonly remedy: Remedy;
  /** One sentence for a person: what to do next. */
  readonly action: string;

  constructor(code: ErrorCode, message: string, options: { remedy: Remedy; action: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.remedy = options.remedy;
    this.action = options.action;
  }
}
