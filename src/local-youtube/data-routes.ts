import { Hono } from 'hono';
import type { LocalYouTubeEnv } from './env.ts';
import { findOwnVideo, forbidden } from './find-video.ts';
import { badRequest } from './google-answer.ts';
import type { Library, StoredVideo } from './library.ts';
import { list } from './list-answer.ts';
import { applyMetadata } from './metadata-rules.ts';
import { onlyParts } from './only-parts.ts';
import { readJsonBody } from './request-body.ts';
import {
  etag,
  ownerOf,
  readParts,
  readVideoParts,
  type Shown,
  titleOf,
  toVideoResource,
  uploadsPlaylistId,
  type VideoPart,
  visibleStatus,
} from './video-resource.ts';

const channelParts = ['id', 'snippet', 'contentDetails', 'statistics', 'status', 'brandingSettings'] as const;

/** "Videos: list", errors: only the owner may ask for these. */
const ownersParts: readonly VideoPart[] = ['fileDetails', 'processingDetails', 'suggestions'];

/** A private video is shown to its owner only. */
const isShown = (video: StoredVideo, { channelId, now }: Shown) =>
  ownerOf(video) === channelId || visibleStatus(video, now).privacyStatus !== 'private';

/** videos.list, videos.update, videos.delete and channels.list. */
export function dataRoutes(library: Library, shown: () => Shown): Hono<LocalYouTubeEnv> {
  const app = new Hono<LocalYouTubeEnv>();

  app.get('/videos', (c) => {
    const parts = readVideoParts(c.req.queries('part') ?? []);
    const ids = (c.req.queries('id') ?? []).flatMap((value) => value.split(','));
    if (ids.length === 0) throw badRequest('missingRequiredParameter', 'A filter is required: id');
    if (ids.length > 50) throw badRequest('invalidFilters', 'At most 50 ids');
    const videos = ids.flatMap((id) => library.get(id) ?? []).filter((video) => isShown(video, shown()));
    const isOwn = (video: StoredVideo) => ownerOf(video) === shown().channelId;
    if (parts.some((part) => ownersParts.includes(part)) && !videos.every(isOwn)) throw forbidden('youtube.video');
    const items = videos.map((video) => toVideoResource(video, parts, shown()));
    return list(c, 'youtube#videoListResponse', items, { total: items.length, size: items.length });
  });

  app.put('/videos', async (c) => {
    const parts = readVideoParts(c.req.queries('part') ?? []);
    const body = await readJsonBody(c);
    if (typeof body.id !== 'string') throw badRequest('missingRequiredParameter', 'The body has no id');
    const video = findOwnVideo(library, body.id, 'youtube.video', shown());
    const changed: StoredVideo = { ...video, ...applyMetadata(body, parts, video) };
    await library.save(changed);
    return c.json(toVideoResource(changed, parts, shown()));
  });

  app.delete('/videos', async (c) => {
    const id = c.req.query('id');
    if (!id) throw badRequest('missingRequiredParameter', 'The id parameter is required');
    await library.remove(findOwnVideo(library, id, 'youtube.video', shown()).id);
    return c.body(null, 204);
  });

  app.get('/channels', (c) => {
    const parts = readParts(c.req.queries('part') ?? [], channelParts);
    if (c.req.query('mine') !== 'true') throw badRequest('missingRequiredParameter', 'A filter is required: mine=true');
    const all = {
      snippet: { title: titleOf(shown().channelId), description: '' },
      contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsPlaylistId } },
      statistics: { videoCount: String(library.all().length) },
      status: { privacyStatus: 'public', isLinked: true },
    };
    const wanted = onlyParts(all, parts);
    const items = [{ kind: 'youtube#channel', etag: etag(wanted), id: shown().channelId, ...wanted }];
    return list(c, 'youtube#channelListResponse', items, { total: 1, size: 5 });
  });

  return app;
}
