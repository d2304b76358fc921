import type { YouTubeAuth } from './auth.ts';
import type { Privacy, VideoMetadata } from './metadata.ts';
import type { RetryPolicy } from './resumable/retry.ts';
import type { SessionStore } from './resumable/session.ts';

export interface YouTubeOptions {
  /** `https://youtube.googleapis.com/`, or the address of a local YouTube. */
  readonly rootUrl: string;
  readonly auth: YouTubeAuth;
  /** Bytes of an upload chunk, a multiple of 262,144; 32 MiB by default. Not held in memory. */
  readonly chunkBytes?: number;
  /** Milliseconds without a byte after which an upload's connection is given up; 60 s by default. */
  readonly stallTimeoutMs?: number;
  /** Milliseconds for one metadata call; 60 s by default. */
  readonly requestTimeoutMs?: number;
  readonly retry?: Partial<RetryPolicy>;
}

export interface VideoUpload {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly metadata: VideoMetadata;
  /** Keeps the upload session. Cleared by the caller, after the id is recorded. */
  readonly store: SessionStore;
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: { sent: number; total: number }): void;
  /** Awaited before each chunk; what it throws ends the upload. */
  beforeChunk?(): Promise<void>;
}

export interface PublishedVideo {
  readonly id: string;
  /** Hexadecimal SHA-256 of what was sent; undefined when the file changed after its last byte was stored. */
  readonly sha256: string | undefined;
}

export interface VideoState {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly privacy: Privacy;
  /** `uploaded`: received, still being processed. */
  readonly uploadStatus: 'uploaded' | 'processed' | 'failed' | 'rejected' | 'deleted';
  /** Why it failed or was rejected, e.g. `duplicate`. */
  readonly reason: string | undefined;
  /** Bytes YouTube received; told to the owner, and not at once. */
  readonly fileSize: number | undefined;
  /** Address of the largest picture there is. */
  readonly thumbnail: string | undefined;
  readonly hasCustomThumbnail: boolean;
}

interface Cancellable {
  readonly signal?: AbortSignal | undefined;
}

/** A YouTube channel, Google's or a local one. Everything expected that fails is a StageError. */
export interface YouTube {
  /**
   * Uploads once, however often it is called with the same store: goes on where the server stands, and gives the same
   * id again when the upload was complete. A session that died before the last byte was sent is replaced.
   *
   * @throws StageError, among them UPLOAD_OUTCOME_UNKNOWN: the session is gone and the video may exist; what
   *   `beforeChunk` and `store` throw; the signal's reason
   */
  uploadVideo(upload: VideoUpload): Promise<PublishedVideo>;
  /** @param picture a JPEG or PNG file of at most 2 MB */
  setThumbnail(id: string, picture: string, options?: Cancellable): Promise<void>;
  /** Replaces all metadata of the video. */
  updateVideo(id: string, metadata: VideoMetadata, options?: Cancellable): Promise<void>;
  getVideo(id: string, options?: Cancellable): Promise<VideoState | undefined>;
  /** Looks through the channel's uploads, newest first. Finding proves presence; not finding does not prove absence. */
  findByMark(mark: string, options?: Cancellable): Promise<string | undefined>;
  getChannel(options?: Cancellable): Promise<{ id: string; title: string }>;
  watchUrl(id: string): string;
}
