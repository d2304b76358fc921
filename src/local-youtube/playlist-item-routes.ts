import { Hono } from 'hono';
import type { LocalYouTubeEnv } from './env.ts';
import { findVideo } from './find-video.ts';
import { badRequest, GoogleError } from './google-answer.ts';
import type { Library, StoredVideo } from './library.ts';
import { list, readPage } from './list-answer.ts';
import { onlyParts } from './only-parts.ts';
import { readPlaylistItem } from './playlist-rules.ts';
import type { RehearsedPlaylists, StoredItem } from './playlists.ts';
import { readJsonBody } from './request-body.ts';
import { channelId, etag, readParts, type Shown, uploadsPlaylistId, visibleStatus } from './video-resource.ts';

const itemParts = ['id', 'snippet', 'contentDetails', 'status'] as const;
const domain = 'youtube.playlistItem';
/** The most videos a playlist can hold. */
const mostItems = 5000;

/** playlistItems.list (of a playlist, and of the channel's uploads) playlistItems.insert and playlistItems.delete. */
export function playlistItemRoutes(
  library: Library,
  playlists: RehearsedPlaylists,
  shown: () => Shown,
): Hono<LocalYouTubeEnv> {
  const app = new Hono<LocalYouTubeEnv>();

  const itemsOf = (playlistId: string | undefined): readonly StoredItem[] => {
    const { now } = shown();
    const uploads = () =>
      library
        .all()
        .filter(({ listedAt = 0 }) => listedAt <= now)
        .map(({ id, publishedAt }) => ({ id: `${uploadsPlaylistId}.${id}`, videoId: id, addedAt: publishedAt }));
    const items = playlistId === uploadsPlaylistId ? uploads() : playlists.get(playlistId ?? '')?.items;
    if (!items) throw playlistNotFound();
    return items;
  };

  app.get('/', (c) => {
    const parts = readParts(c.req.queries('part') ?? [], itemParts);
    const playlistId = c.req.query('playlistId') ?? '';
    const videoId = c.req.query('videoId');
    const all = itemsOf(playlistId).filter((item) => videoId === undefined || item.videoId === videoId);
    const page = readPage(c, all, ({ id }) => id, domain);
    const items = page.entries.map((item, index) =>
      toItemResource(
        { item, playlistId, position: page.from + index, video: library.get(item.videoId) },
        parts,
        shown(),
      ),
    );
    return list(c, 'youtube#playlistItemListResponse', items, page);
  });

  app.post('/', async (c) => {
    const parts = readParts(c.req.queries('part') ?? [], itemParts);
    const { playlistId, videoId, position } = readPlaylistItem(await readJsonBody(c));
    const playlist = playlists.get(playlistId);
    if (!playlist) throw playlistNotFound();
    const video = findVideo(library, videoId, domain);
    if (playlist.items.length >= mostItems) {
      throw new GoogleError(403, 'playlistContainsMaximumNumberOfVideos', 'The playlist is full', domain);
    }
    const item = await playlists.add(playlist, videoId, position);
    const at = position ?? playlist.items.length;
    return c.json(toItemResource({ item, playlistId, position: at, video }, parts, shown()));
  });

  app.delete('/', async (c) => {
    const id = c.req.query('id');
    if (!id) throw badRequest('missingRequiredParameter', 'The id parameter is required');
    if (!(await playlists.remove(id))) {
      throw new GoogleError(404, 'playlistItemNotFound', 'There is no such playlist item', domain);
    }
    return c.body(null, 204);
  });

  return app;
}

function toItemResource(
  entry: { item: StoredItem; playlistId: string; position: number; video: StoredVideo | undefined },
  parts: readonly string[],
  { now }: Shown,
) {
  const { item, playlistId, position, video } = entry;
  const { videoId, addedAt } = item;
  const all = {
    snippet: {
      publishedAt: addedAt,
      channelId,
      playlistId,
      position,
      title: video?.snippet.title ?? 'Deleted video',
      description: video?.snippet.description ?? '',
      resourceId: { kind: 'youtube#video', videoId },
    },
    contentDetails: { videoId, videoPublishedAt: video?.publishedAt },
    status: { privacyStatus: video ? visibleStatus(video, now).privacyStatus : 'private' },
  };
  const wanted = onlyParts(all, parts);
  return { kind: 'youtube#playlistItem', etag: etag(wanted), id: item.id, ...wanted };
}

function playlistNotFound() {
  return new GoogleError(404, 'playlistNotFound', 'There is no such playlist', domain);
}
