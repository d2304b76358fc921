import type { BandwidthLimit } from './bandwidth.ts';
import type { RetryPolicy } from './retry.ts';
import type { SessionStore } from './session.ts';

export interface ResumableUpload {
  /** Where a session is opened, and what to post there. */
  readonly startUrl: string;
  readonly startHeaders: Record<string, string>;
  readonly startBody: string;
  readonly file: string;
  /** Bytes, at least 1: the file must have exactly this size. */
  readonly size: number;
  /** MIME type of the file. */
  readonly contentType: string;
  /** Headers of a request; `refresh`: the previous ones were answered with 401. */
  authorize(options?: { refresh?: boolean }): Promise<Record<string, string>>;
  readonly store: SessionStore;
  /**
   * The largest chunk in bytes, a multiple of 262,144. Chunks grow towards it with the speed of the line. Not held in
   * memory.
   */
  readonly chunkBytes: number;
  /** If omitted: as fast as the line allows. */
  readonly limit?: BandwidthLimit | undefined;
  /** Milliseconds without a byte in either direction after which a connection is given up. */
  readonly stallTimeoutMs: number;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Called before each request that opens a session (such requests may be counted); whatever it throws ends the upload.
   */
  beforeStart?(): void;
  /** Bytes handed to the network. Decreases when the server kept fewer than were sent. */
  onProgress?(progress: { sent: number; total: number }): void;
  /** Awaited before each chunk; whatever it throws ends the upload (fencing). */
  beforeChunk?(): Promise<void>;
}
