import { type Context, Hono } from 'hono';
import type { Environment } from './environment.ts';
import { findVideo } from './find-video.ts';
import { badRequest, GoogleError } from './google-answer.ts';
import type { Library, StoredVideo } from './library.ts';
import { applyMetadata } from './metadata-rules.ts';
import { readJsonBody } from './request-body.ts';
import {
  channelId,
  channelTitle,
  etag,
  readParts,
  readVideoParts,
  toVideoResource,
  uploadsPlaylistId,
} from './video-resource.ts';

const channelParts = ['id', 'snippet', 'contentDetails', 'statistics', 'status', 'brandingSettings'] as const;
const playlistItemParts = ['id', 'snippet', 'contentDetails', 'status'] as const;

/** The metadata calls: videos.list and update, channels.list, playlistItems.list. */
export function dataRoutes(library: Library, rootUrl: () => string): Hono<Environment> {
  const app = new Hono<Environment>();

  app.get('/videos', (c) => {
    const parts = readVideoParts(c.req.queries('part') ?? []);
    const ids = (c.req.queries('id') ?? []).flatMap((value) => value.split(','));
    if (ids.length === 0) throw badRequest('missingRequiredParameter', 'A filter is required: id');
    if (ids.length > 50) throw badRequest('invalidFilters', 'At most 50 ids');
    const items = ids.flatMap((id) => library.get(id) ?? []).map((video) => toVideoResource(video, parts, rootUrl()));
    return list(c, 'youtube#videoListResponse', items, items.length, items.length);
  });

  app.put('/videos', async (c) => {
    const parts = readVideoParts(c.req.queries('part') ?? []);
    const body = await readJsonBody(c);
    if (typeof body.id !== 'string') throw badRequest('missingRequiredParameter', 'The body has no id');
    const video = findVideo(library, body.id, 'youtube.video');
    const changed: StoredVideo = { ...video, ...applyMetadata(body, parts, video) };
    await library.save(changed);
    return c.json(toVideoResource(changed, parts, rootUrl()));
  });

  app.get('/channels', (c) => {
    const parts = readParts(c.req.queries('part') ?? [], channelParts);
    if (c.req.query('mine') !== 'true') throw badRequest('missingRequiredParameter', 'A filter is required: mine=true');
    const all = {
      snippet: { title: channelTitle, description: '' },
      contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsPlaylistId } },
      statistics: { videoCount: String(library.all().length) },
      status: { privacyStatus: 'public', isLinked: true },
    } as Record<string, unknown>;
    const wanted = Object.fromEntries(parts.flatMap((part) => (all[part] ? [[part, all[part]]] : [])));
    const items = [{ kind: 'youtube#channel', etag: etag(wanted), id: channelId, ...wanted }];
    return list(c, 'youtube#channelListResponse', items, 1, 5);
  });

  app.get('/playlistItems', (c) => {
    const parts = readParts(c.req.queries('part') ?? [], playlistItemParts);
    if (c.req.query('playlistId') !== uploadsPlaylistId) {
      throw new GoogleError(404, 'playlistNotFound', 'There is no such playlist', 'youtube.playlistItem');
    }
    const size = readPageSize(c.req.query('maxResults'));
    const videos = library.all();
    const from = pageStart(videos, c.req.query('pageToken'));
    const page = videos.slice(from, from + size);
    const last = from + size < videos.length ? page.at(-1) : undefined;
    const items = page.map((video, index) => toPlaylistItem(video, from + index, parts));
    const next = last ? { nextPageToken: Buffer.from(last.id).toString('base64url') } : {};
    return list(c, 'youtube#playlistItemListResponse', items, videos.length, size, next);
  });

  return app;
}

function list(c: Context, kind: string, items: object[], totalResults: number, resultsPerPage: number, more = {}) {
  return c.json({ kind, etag: etag(items), ...more, pageInfo: { totalResults, resultsPerPage }, items });
}

function toPlaylistItem(video: StoredVideo, position: number, parts: readonly string[]) {
  const resourceId = { kind: 'youtube#video', videoId: video.id };
  const all = {
    snippet: {
      publishedAt: video.publishedAt,
      channelId,
      playlistId: uploadsPlaylistId,
      position,
      title: video.snippet.title,
      description: video.snippet.description,
      resourceId,
    },
    contentDetails: { videoId: video.id, videoPublishedAt: video.publishedAt },
    status: { privacyStatus: video.status.privacyStatus },
  } as Record<string, unknown>;
  const wanted = Object.fromEntries(parts.flatMap((part) => (all[part] ? [[part, all[part]]] : [])));
  return { kind: 'youtube#playlistItem', etag: etag(wanted), id: `${uploadsPlaylistId}.${video.id}`, ...wanted };
}

function readPageSize(value: string | undefined): number {
  const size = value === undefined ? 5 : Number(value);
  if (!Number.isInteger(size) || size < 0 || size > 50) throw badRequest('invalidParameter', 'maxResults is 0 to 50');
  return size;
}

/** A page token names the last video of the page before: new uploads in between shift nothing. */
function pageStart(videos: readonly StoredVideo[], token: string | undefined): number {
  if (token === undefined) return 0;
  const id = Buffer.from(token, 'base64url').toString();
  const index = videos.findIndex((video) => video.id === id);
  if (index < 0) throw badRequest('invalidPageToken', 'The page token is not valid', 'youtube.playlistItem');
  return index + 1;
}
