/** Google's resumable protocol takes chunks in multiples of this many bytes; only the last may be shorter. */
export const chunkUnitBytes = 262_144;

/** The most that may have reached the server, as far as the sender knows: bytes are announced before they leave. */
export type Sent = 'nothing' | 'some' | 'all';

/**
 * One resumable session. Its address is both a secret (anyone who has it can write to the upload) and the idempotency
 * key (asked again after completion, it gives the original answer), so it is stored and never shown.
 */
export interface UploadSession {
  readonly url: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Modification time of the file in nanoseconds since the epoch, as a decimal string. */
  readonly fileModifiedNs: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly sent: Sent;
  /**
   * Hexadecimal SHA-256 of the whole file, stored with `all`: what was to be sent, in case the file is touched later.
   */
  readonly sha256?: string | undefined;
}

/** Where the one session of an upload is kept. `save` returns only once a crash can no longer lose it. */
export interface SessionStore {
  load(): Promise<UploadSession | undefined>;
  save(session: UploadSession): Promise<void>;
  clear(): Promise<void>;
}
