import { readFile } from 'node:fs/promises';
import type { youtube_v3 } from '@googleapis/youtube';
import { StageError } from '../domain/errors.ts';
import { type Call, createCall } from './api-client.ts';
import { findVideoByMark } from './find-by-mark.ts';
import { metadataParts, type Privacy, toVideoResource } from './metadata.ts';
import { uploadVideo } from './upload-video.ts';
import type { VideoState, YouTube, YouTubeOptions } from './youtube.ts';

export type { PublishedVideo, VideoState, VideoUpload, YouTube, YouTubeOptions } from './youtube.ts';

const largestThumbnailBytes = 2_097_152;

/** Opens nothing by itself: Google's client and the token are loaded at the first call. */
export function createYouTube(options: YouTubeOptions): YouTube {
  const rootUrl = options.rootUrl.endsWith('/') ? options.rootUrl : `${options.rootUrl}/`;
  const call = createCall({ rootUrl, auth: options.auth, timeoutMs: options.requestTimeoutMs ?? 60_000 });

  return {
    uploadVideo: (upload) => uploadVideo({ ...options, rootUrl }, upload),
    setThumbnail: (id, picture, { signal } = {}) => setThumbnail(call, id, picture, signal),

    async updateVideo(id, metadata, { signal } = {}) {
      const request = { part: [...metadataParts], requestBody: { id, ...toVideoResource(metadata) } };
      await call((api, with_) => api.videos.update(request, with_), signal);
    },

    async getVideo(id, { signal } = {}) {
      const request = { id: [id], part: ['snippet', 'status', 'contentDetails', 'fileDetails'] };
      const { items } = await call((api, with_) => api.videos.list(request, with_), signal);
      return items?.[0] && toVideoState(items[0]);
    },

    findByMark: (mark, { signal } = {}) => findVideoByMark(call, mark, signal),

    async getChannel({ signal } = {}) {
      const request = { mine: true, part: ['snippet'] };
      const { items } = await call((api, with_) => api.channels.list(request, with_), signal);
      const channel = items?.[0];
      if (!channel?.id) throw noChannel();
      return { id: channel.id, title: channel.snippet?.title ?? '' };
    },

    watchUrl: (id) => `${isGoogle(rootUrl) ? 'https://www.youtube.com/' : rootUrl}watch?v=${encodeURIComponent(id)}`,
  };
}

async function setThumbnail(call: Call, id: string, picture: string, signal?: AbortSignal): Promise<void> {
  const body = await readFile(picture);
  if (body.length > largestThumbnailBytes) {
    throw new StageError('THUMBNAIL_REJECTED', `The thumbnail has ${body.length} bytes; YouTube takes 2 MB`, {
      remedy: 'fix',
      action: 'Use a template that makes a smaller picture.',
    });
  }
  const mimeType = body[0] === 0x89 ? 'image/png' : 'image/jpeg';
  await call((api, with_) => api.thumbnails.set({ videoId: id, media: { mimeType, body } }, with_), signal);
}

function toVideoState(video: youtube_v3.Schema$Video): VideoState {
  const { snippet, status, fileDetails, contentDetails } = video;
  const pictures = snippet?.thumbnails;
  return {
    title: snippet?.title ?? '',
    description: snippet?.description ?? '',
    tags: snippet?.tags ?? [],
    privacy: (status?.privacyStatus ?? 'private') as Privacy,
    uploadStatus: (status?.uploadStatus ?? 'uploaded') as VideoState['uploadStatus'],
    reason: status?.failureReason ?? status?.rejectionReason ?? undefined,
    fileSize: fileDetails?.fileSize ? Number(fileDetails.fileSize) : undefined,
    thumbnail: (pictures?.maxres ?? pictures?.high ?? pictures?.default)?.url ?? undefined,
    hasCustomThumbnail: contentDetails?.hasCustomThumbnail ?? false,
  };
}

function noChannel(): StageError {
  return new StageError('AUTH_REQUIRED', 'The signed-in Google account has no YouTube channel', {
    remedy: 'fix',
    action: 'Create a channel on youtube.com with this account, or sign in with another one.',
  });
}

function isGoogle(rootUrl: string): boolean {
  return new URL(rootUrl).hostname.endsWith('.googleapis.com');
}
