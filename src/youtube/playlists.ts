import type { Privacy } from '../domain/privacy.ts';
import type { Call } from './api-client.ts';

const pageSize = 50;

/** The channel's playlist with this title; the oldest if there are several. Costs one unit per fifty playlists. */
export async function findPlaylist(call: Call, title: string, signal?: AbortSignal): Promise<string | undefined> {
  const found: { id: string; publishedAt: string }[] = [];
  let pageToken: string | undefined;
  do {
    const request = { mine: true, part: ['snippet'], maxResults: pageSize, ...(pageToken ? { pageToken } : {}) };
    const page = await call('playlists.list', (api, options) => api.playlists.list(request, options), signal);
    for (const { id, snippet } of page.items ?? []) {
      if (id && snippet?.title === title) found.push({ id, publishedAt: snippet.publishedAt ?? '' });
    }
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken);
  return found.sort((a, b) => a.publishedAt.localeCompare(b.publishedAt))[0]?.id;
}

export async function createPlaylist(
  call: Call,
  title: string,
  privacy: Privacy,
  signal?: AbortSignal,
): Promise<string> {
  const request = {
    part: ['snippet', 'status'],
    requestBody: { snippet: { title }, status: { privacyStatus: privacy } },
  };
  const { id } = await call('playlists.insert', (api, options) => api.playlists.insert(request, options), signal);
  if (!id) throw new Error('YouTube created a playlist but returned no id');
  return id;
}

/** Id of the video's first place in the playlist. */
export async function findPlaylistItem(
  call: Call,
  playlistId: string,
  videoId: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const request = { playlistId, videoId, part: ['id'], maxResults: 1 };
  const { items } = await call(
    'playlistItems.list',
    (api, options) => api.playlistItems.list(request, options),
    signal,
  );
  return items?.[0]?.id ?? undefined;
}

export async function addToPlaylist(
  call: Call,
  playlistId: string,
  videoId: string,
  signal?: AbortSignal,
): Promise<void> {
  const requestBody = { snippet: { playlistId, resourceId: { kind: 'youtube#video', videoId } } };
  await call(
    'playlistItems.insert',
    (api, options) => api.playlistItems.insert({ part: ['snippet'], requestBody }, options),
    signal,
  );
}

/** Takes one place out of its playlist; the video itself stays. */
export async function removeFromPlaylist(call: Call, itemId: string, signal?: AbortSignal): Promise<void> {
  await call(
    'playlistItems.delete',
    async (api, options) => ({ data: (await api.playlistItems.delete({ id: itemId }, options)).data as unknown }),
    signal,
  );
}
