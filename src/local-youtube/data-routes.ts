import { Hono } from 'hono';
import type { LocalYouTubeEnv } from './env.ts';
import { findVideo } from './find-video.ts';
import { badRequest } from './google-answer.ts';
import type { Library, StoredVideo } from './library.ts';
import { list } from './list-answer.ts';
import { applyMetadata } from './metadata-rules.ts';
import { onlyParts } from './only-parts.ts';
import { readJsonBody } from './request-body.ts';
import {
  channelId,
  channelTitle,
  etag,
  readParts,
  readVideoParts,
  type Shown,
  toVideoResource,
  uploadsPlaylistId,
} from './video-resource.ts';

const channelParts = ['id', 'snippet', 'contentDetails', 'statistics', 'status', 'brandingSettings'] as const;

/** videos.list, videos.update and channels.list. */
export function dataRoutes(library: Library, shown: () => Shown): Hono<LocalYouTubeEnv> {
  const app = new Hono<LocalYouTubeEnv>();

  app.get('/videos', (c) => {
    const parts = readVideoParts(c.req.queries('part') ?? []);
    const ids = (c.req.queries('id') ?? []).flatMap((value) => value.split(','));
    if (ids.length === 0) throw badRequest('missingRequiredParameter', 'A filter is required: id');
    if (ids.length > 50) throw badRequest('invalidFilters', 'At most 50 ids');
    const items = ids.flatMap((id) => library.get(id) ?? []).map((video) => toVideoResource(video, parts, shown()));
    return list(c, 'youtube#videoListResponse', items, { total: items.length, size: items.length });
  });

  app.put('/videos', async (c) => {
    const parts = readVideoParts(c.req.queries('part') ?? []);
    const body = await readJsonBody(c);
    if (typeof body.id !== 'string') throw badRequest('missingRequiredParameter', 'The body has no id');
    const video = findVideo(library, body.id, 'youtube.video');
    const changed: StoredVideo = { ...video, ...applyMetadata(body, parts, video) };
    await library.save(changed);
    return c.json(toVideoResource(changed, parts, shown()));
  });

  app.get('/channels', (c) => {
    const parts = readParts(c.req.queries('part') ?? [], channelParts);
    if (c.req.query('mine') !== 'true') throw badRequest('missingRequiredParameter', 'A filter is required: mine=true');
    const all = {
      snippet: { title: channelTitle, description: '' },
      contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsPlaylistId } },
      statistics: { videoCount: String(library.all().length) },
      status: { privacyStatus: 'public', isLinked: true },
    };
    const wanted = onlyParts(all, parts);
    const items = [{ kind: 'youtube#channel', etag: etag(wanted), id: channelId, ...wanted }];
    return list(c, 'youtube#channelListResponse', items, { total: 1, size: 5 });
  });

  return app;
}
