import type { Privacy } from '../domain/privacy.ts';
import type { YouTubeAuth } from './auth.ts';
import type { EditableVideo, VideoChange } from './editable-video.ts';
import type { VideoMetadata } from './metadata.ts';
import type { Spend } from './quota-costs.ts';
import type { BandwidthLimit, RetryPolicy, SessionStore } from './resumable/index.ts';

export interface YouTubeOptions {
  /** `https://youtube.googleapis.com/`, or the address of a local YouTube. */
  readonly rootUrl: string;
  readonly auth: YouTubeAuth;
  /** Bytes of the largest upload chunk, a multiple of 262,144; 256 MiB by default. Not held in memory. */
  readonly chunkBytes?: number;
  /** For all uploads together; if omitted: as fast as the line allows. */
  readonly limit?: BandwidthLimit | undefined;
  /** Milliseconds without a byte after which an upload's connection is given up; 60 s by default. */
  readonly stallTimeoutMs?: number;
  /** Milliseconds for one metadata call; 60 s by default. */
  readonly requestTimeoutMs?: number;
  readonly retry?: Partial<RetryPolicy>;
  /** Larger thumbnails are refused before they are sent; 2 MB by default. */
  readonly largestThumbnailBytes?: number;
}

export interface VideoUpload {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly metadata: VideoMetadata;
  /** Keeps the upload session. Cleared by the caller once the id is recorded. */
  readonly store: SessionStore;
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: { sent: number; total: number }): void;
  /** Awaited before each chunk; whatever it throws ends the upload. */
  beforeChunk?(): Promise<void>;
}

export interface SentVideo {
  readonly id: string;
  /** Hexadecimal SHA-256 of what was sent; undefined when the file changed after its last byte was stored. */
  readonly sha256: string | undefined;
}

/** What `processingDetails.processingProgress` says; each may be missing. */
export interface ProcessingProgress {
  readonly partsProcessed: number | undefined;
  readonly partsTotal: number | undefined;
  readonly timeLeftMs: number | undefined;
}

export interface ChannelVideo {
  /** The channel that it belongs to. */
  readonly channelId: string | undefined;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly privacy: Privacy;
  /** ISO 8601: when it becomes public. */
  readonly publishAt: string | undefined;
  readonly madeForKids: boolean | undefined;
  /** `uploaded`: received, still being processed. */
  readonly uploadStatus: 'uploaded' | 'processed' | 'failed' | 'rejected' | 'deleted';
  /** How far YouTube says it is with processing, while it processes. */
  readonly processing: ProcessingProgress | undefined;
  /** Why it failed or was rejected, e.g. `duplicate`. */
  readonly reason: string | undefined;
  /** Bytes YouTube received; shown to the owner only, and not immediately. */
  readonly fileSize: number | undefined;
  /** Address of the largest available picture. */
  readonly thumbnail: string | undefined;
  readonly hasCustomThumbnail: boolean;
  /** Name of the channel that it belongs to. */
  readonly channelTitle: string | undefined;
}

interface Cancellable {
  readonly signal?: AbortSignal | undefined;
}

/** A YouTube channel, Google's or a local one. Every expected failure is a StageError. */
export interface YouTube {
  /** The same channel; `spend` receives the cost of each call before it is made. */
  accountedTo(spend: Spend): YouTube;
  /**
   * Uploads exactly once, however often it is called with the same store: resumes where the server left off, and
   * returns the same id again if the upload was complete. A session that died before the last byte was sent is
   * replaced.
   *
   * @throws StageError, among them UPLOAD_OUTCOME_UNKNOWN: the session is gone and the video may exist; what
   *   `beforeChunk` and `store` throw; the signal's reason
   */
  uploadVideo(upload: VideoUpload): Promise<SentVideo>;
  /** @param picture a JPEG or PNG file of at most 2 MB */
  setThumbnail(id: string, picture: string, options?: Cancellable): Promise<void>;
  /** Replaces all metadata of the video. */
  updateVideo(id: string, metadata: VideoMetadata, options?: Cancellable): Promise<void>;
  /**
   * The video as it can be changed; one unit.
   * @throws StageError UPLOAD_REJECTED if it belongs to another channel
   */
  getEditable(id: string, options?: Cancellable): Promise<EditableVideo | undefined>;
  /** Changes title, description or visibility, and keeps the rest of what was read. */
  changeVideo(id: string, read: EditableVideo, change: VideoChange, options?: Cancellable): Promise<void>;
  getVideo(id: string, options?: Cancellable): Promise<ChannelVideo | undefined>;
  /**
   * Searches the channel's uploads, newest first. Finding proves presence; not finding does not prove absence. `anew`:
   * searches all of them, whatever earlier searches saw: an upload may be listed late, behind newer ones.
   */
  findByIdTag(idTag: string, options?: Cancellable & { readonly anew?: boolean }): Promise<string | undefined>;
  /** The channel's playlist with exactly this title. */
  findPlaylist(title: string, options?: Cancellable): Promise<string | undefined>;
  /** Not idempotent: returns the id of a new playlist. */
  createPlaylist(title: string, privacy: Privacy, options?: Cancellable): Promise<string>;
  isInPlaylist(playlistId: string, id: string, options?: Cancellable): Promise<boolean>;
  /** Id of the video's place in the playlist. */
  findPlaylistItem(playlistId: string, id: string, options?: Cancellable): Promise<string | undefined>;
  /** @param itemId from `findPlaylistItem` */
  removeFromPlaylist(itemId: string, options?: Cancellable): Promise<void>;
  /** Not idempotent: a video may be in a playlist twice. */
  addToPlaylist(playlistId: string, id: string, options?: Cancellable): Promise<void>;
  getChannel(options?: Cancellable): Promise<{ id: string; title: string }>;
  watchUrl(id: string): string;
}
