import type { Call } from './api-client.ts';

/** The largest page of playlistItems.list and the most ids allowed in one videos.list. */
const pageSize = 50;

/** What earlier searches have seen; an upload's tags do not change on their own. */
export interface SeenUploads {
  readonly tags: Map<string, readonly string[]>;
  playlistId?: string | undefined;
  /** Everything older than the newest page has been seen once. */
  complete: boolean;
}

export const nothingSeen = (): SeenUploads => ({ tags: new Map(), complete: false });

/**
 * Walks the playlist of the channel's uploads, newest first, and looks for the id tag among each video's tags, which only
 * the owner can see. The first search costs two units for every fifty videos, later ones one or two. An upload that
 * YouTube itself gave up on does not count as a publish.
 */
export async function findVideoByIdTag(
  call: Call,
  idTag: string,
  seen: SeenUploads,
  signal?: AbortSignal,
): Promise<string | undefined> {
  seen.playlistId ??= await uploadsPlaylist(call, signal);
  const playlistId = seen.playlistId;
  if (!playlistId) return undefined;

  let pageToken: string | undefined;
  do {
    const request = { playlistId, part: ['contentDetails'], maxResults: pageSize, ...(pageToken ? { pageToken } : {}) };
    const page = await call('playlistItems.list', (api, options) => api.playlistItems.list(request, options), signal);
    const ids = (page.items ?? []).flatMap((item) => item.contentDetails?.videoId ?? []);
    const unseen = ids.filter((id) => !seen.tags.has(id));
    for (const { id, tags } of await readTags(call, unseen, signal)) seen.tags.set(id, tags);
    for (const id of ids) if (seen.tags.get(id)?.includes(idTag) && (await isThere(call, id, signal))) return id;
    if (unseen.length === 0 && seen.complete) return undefined;
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken);
  seen.complete = true;
  return undefined;
}

async function uploadsPlaylist(call: Call, signal: AbortSignal | undefined): Promise<string | undefined> {
  const request = { mine: true, part: ['contentDetails'] };
  const { items } = await call('channels.list', (api, options) => api.channels.list(request, options), signal);
  return items?.[0]?.contentDetails?.relatedPlaylists?.uploads ?? undefined;
}

async function readTags(call: Call, ids: readonly string[], signal: AbortSignal | undefined) {
  if (ids.length === 0) return [];
  const request = { id: [...ids], part: ['snippet'], maxResults: pageSize };
  const { items = [] } = await call('videos.list', (api, options) => api.videos.list(request, options), signal);
  return items.flatMap(({ id, snippet }) => (id ? [{ id, tags: snippet?.tags ?? [] }] : []));
}

async function isThere(call: Call, id: string, signal: AbortSignal | undefined): Promise<boolean> {
  const request = { id: [id], part: ['status'] };
  const { items } = await call('videos.list', (api, options) => api.videos.list(request, options), signal);
  const [video] = items ?? [];
  return video !== undefined && video.status?.failureReason !== 'uploadAborted';
}
