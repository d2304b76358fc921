import path from 'node:path';
import { metadataParts, toVideoResource } from './metadata.ts';
import { SessionLostError, uploadResumable } from './resumable/index.ts';
import { fromUploadError, outcomeUnknown } from './upload-error.ts';
import type { SentVideo, VideoUpload, YouTubeOptions } from './youtube.ts';

const contentTypes: Readonly<Record<string, string>> = { '.mov': 'video/quicktime', '.mp4': 'video/mp4' };

interface UploadChannel extends YouTubeOptions {
  /** A session is about to be requested; each such request counts. */
  beforeStart(): void;
}

/** videos.insert over the resumable protocol: YouTube Data API, "Resumable Uploads". */
export async function uploadVideo(options: UploadChannel, upload: VideoUpload): Promise<SentVideo> {
  const { file, size, metadata, store, signal } = upload;
  const send = () =>
    uploadResumable({
      startUrl: `${options.rootUrl}upload/youtube/v3/videos?uploadType=resumable&part=${metadataParts.join(',')}`,
      startHeaders: { 'content-type': 'application/json; charset=UTF-8' },
      startBody: JSON.stringify(toVideoResource(metadata)),
      file,
      size,
      contentType: contentTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
      authorize: options.auth.authorize,
      store,
      chunkBytes: options.chunkBytes ?? 268_435_456,
      limit: options.limit,
      stallTimeoutMs: options.stallTimeoutMs ?? 60_000,
      retry: options.retry,
      signal,
      ...(upload.onProgress ? { onProgress: upload.onProgress } : {}),
      ...(upload.beforeChunk ? { beforeChunk: upload.beforeChunk } : {}),
      beforeStart: options.beforeStart,
    });

  try {
    const { answer, sha256 } = await send().catch(async (error: unknown) => {
      // Only a whole upload becomes a video: without the last byte a new session cannot make a second one.
      if (!(error instanceof SessionLostError) || error.lastByteMayHaveBeenSent) throw error;
      await store.clear();
      return send();
    });
    return { id: readId(answer), sha256 };
  } catch (error) {
    throw fromUploadError(error);
  }
}

function readId(answer: unknown): string {
  const id = (answer as { id?: unknown } | null)?.id;
  if (typeof id !== 'string' || id === '') throw outcomeUnknown('YouTube took the whole video but returned no id');
  return id;
}
