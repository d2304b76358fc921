import { readFile } from 'node:fs/promises';
import { StageError } from '../domain/errors.ts';
import { type Call, createCalls } from './api-client.ts';
import { channelVideoParts, toChannelVideo } from './channel-video.ts';
import { changedParts, editableParts, toEditableVideo } from './editable-video.ts';
import { findVideoByIdTag, nothingSeen } from './find-by-id-tag.ts';
import { metadataParts, toVideoResource } from './metadata.ts';
import { addToPlaylist, createPlaylist, findPlaylist, findPlaylistItem, removeFromPlaylist } from './playlists.ts';
import { callCosts, type Spend } from './quota-costs.ts';
import { uploadVideo } from './upload-video.ts';
import type { YouTube, YouTubeOptions } from './youtube.ts';

export type { ChannelVideo, SentVideo, VideoUpload, YouTube, YouTubeOptions } from './youtube.ts';

/** Opens nothing up front: Google's client and the token are loaded on the first call. */
export function createYouTube(options: YouTubeOptions): YouTube {
  const rootUrl = options.rootUrl.endsWith('/') ? options.rootUrl : `${options.rootUrl}/`;
  const calls = createCalls({ rootUrl, auth: options.auth, timeoutMs: options.requestTimeoutMs ?? 60_000 });
  const seen = nothingSeen();

  const channel = (spend: Spend): YouTube => {
    const call = calls(spend);
    return {
      accountedTo: channel,
      uploadVideo: (upload) =>
        uploadVideo({ ...options, rootUrl, beforeStart: () => spend(callCosts['videos.insert']) }, upload),
      setThumbnail: (id, picture, { signal } = {}) =>
        setThumbnail(call, id, picture, options.largestThumbnailBytes, signal),

      async updateVideo(id, metadata, { signal } = {}) {
        const request = { part: [...metadataParts], requestBody: { id, ...toVideoResource(metadata) } };
        await call('videos.update', (api, with_) => api.videos.update(request, with_), signal);
      },

      async getEditable(id, { signal } = {}) {
        const request = { id: [id], part: editableParts };
        const { items } = await call('videos.list', (api, with_) => api.videos.list(request, with_), signal);
        return items?.[0] && toEditableVideo(items[0]);
      },

      async changeVideo(id, read, change, { signal } = {}) {
        const parts = changedParts(read, change);
        const request = { part: Object.keys(parts), requestBody: { id, ...parts } };
        await call('videos.update', (api, with_) => api.videos.update(request, with_), signal);
      },

      async getVideo(id, { signal } = {}) {
        const request = { id: [id], part: channelVideoParts };
        const { items } = await call('videos.list', (api, with_) => api.videos.list(request, with_), signal);
        return items?.[0] && toChannelVideo(items[0]);
      },

      findByIdTag: (idTag, { signal, anew = false } = {}) =>
        findVideoByIdTag(call, idTag, anew ? nothingSeen() : seen, signal),
      findPlaylist: (title, { signal } = {}) => findPlaylist(call, title, signal),
      createPlaylist: (title, privacy, { signal } = {}) => createPlaylist(call, title, privacy, signal),
      isInPlaylist: async (playlistId, id, { signal } = {}) =>
        (await findPlaylistItem(call, playlistId, id, signal)) !== undefined,
      findPlaylistItem: (playlistId, id, { signal } = {}) => findPlaylistItem(call, playlistId, id, signal),
      removeFromPlaylist: (itemId, { signal } = {}) => removeFromPlaylist(call, itemId, signal),
      addToPlaylist: (playlistId, id, { signal } = {}) => addToPlaylist(call, playlistId, id, signal),

      async getChannel({ signal } = {}) {
        const request = { mine: true, part: ['snippet'] };
        const { items } = await call('channels.list', (api, with_) => api.channels.list(request, with_), signal);
        const found = items?.[0];
        if (!found?.id) throw noChannel();
        return { id: found.id, title: found.snippet?.title ?? '' };
      },

      watchUrl: (id) => `${isGoogle(rootUrl) ? 'https://www.youtube.com/' : rootUrl}watch?v=${encodeURIComponent(id)}`,
    };
  };
  return channel(() => undefined);
}

async function setThumbnail(
  call: Call,
  id: string,
  picture: string,
  mostBytes = 2_000_000,
  signal?: AbortSignal,
): Promise<void> {
  const body = await readFile(picture);
  if (body.length > mostBytes) {
    const megabytes = mostBytes / 1_000_000;
    throw new StageError('THUMBNAIL_REJECTED', `The thumbnail has ${body.length} bytes, more than ${megabytes} MB.`, {
      remedy: 'fix',
      action: 'Draw it again with the stage "enhance", which keeps to BADMINTON_THUMBNAIL_MAX_MB, then retry.',
    });
  }
  const mimeType = body[0] === 0x89 ? 'image/png' : 'image/jpeg';
  const request = { videoId: id, media: { mimeType, body } };
  await call('thumbnails.set', (api, with_) => api.thumbnails.set(request, with_), signal);
}

function noChannel(): StageError {
  return new StageError('AUTH_REQUIRED', 'The signed-in Google account has no YouTube channel', {
    remedy: 'fix',
    action: 'Create a channel on youtube.com with this account, or sign in with another one: npx badminton auth',
  });
}

function isGoogle(rootUrl: string): boolean {
  return new URL(rootUrl).hostname.endsWith('.googleapis.com');
}
