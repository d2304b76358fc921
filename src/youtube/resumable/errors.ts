import type { ApiError } from './api-error.ts';
import type { Sent } from './session.ts';

/** A failure of a resumable upload. None of the messages ever contains the session's address. */
export abstract class ResumableError extends Error {
  /** False: it is certain that not one byte of the file was sent to the server. */
  readonly bytesMayHaveBeenSent: boolean;
  /** False: it is certain that the server cannot hold the whole file, so no video can have resulted. */
  readonly lastByteMayHaveBeenSent: boolean;

  constructor(message: string, sent: Sent) {
    super(message);
    this.bytesMayHaveBeenSent = sent !== 'nothing';
    this.lastByteMayHaveBeenSent = sent === 'all';
  }
}

/** The server no longer knows the session (404 or 410). Whether to open another is the caller's decision. */
export class SessionLostError extends ResumableError {
  override readonly name = 'SessionLostError';
  readonly status: number;

  constructor(status: number, sent: Sent) {
    super(`The upload session is gone (HTTP ${status})`, sent);
    this.status = status;
  }
}

/** The server refused, and would refuse again. */
export class RejectedError extends ResumableError {
  override readonly name = 'RejectedError';
  /** `start`: no session was opened. `session`: the session stays as it is. */
  readonly step: 'start' | 'session';
  readonly api: ApiError;

  constructor(step: 'start' | 'session', api: ApiError, sent: Sent) {
    super(`The server refused the upload: HTTP ${api.status} ${api.reason ?? ''} ${api.message}`.trimEnd(), sent);
    this.step = step;
    this.api = api;
  }
}

/** All retries are used up. The same call resumes where the server left off, or opens a session. */
export class UploadInterruptedError extends ResumableError {
  override readonly name = 'UploadInterruptedError';
  /** `start`: no session was opened. `session`: the session is intact. */
  readonly step: 'start' | 'session';
  /** Milliseconds the server asked to wait, if longer than the wait allowed here. */
  readonly retryAfterMs: number | undefined;
  /** What the server said last; undefined when it did not answer. */
  readonly api: ApiError | undefined;

  constructor(
    step: 'start' | 'session',
    message: string,
    sent: Sent,
    { retryAfterMs, api }: { retryAfterMs?: number | undefined; api?: ApiError | undefined } = {},
  ) {
    super(message, sent);
    this.step = step;
    this.retryAfterMs = retryAfterMs;
    this.api = api;
  }
}

/** The file is not the one the upload began with (size or modification time): nothing more of it is sent. */
export class FileChangedError extends ResumableError {
  override readonly name = 'FileChangedError';

  constructor(what: string, sent: Sent) {
    super(`The file changed during the upload: ${what}`, sent);
  }
}
