import { Hono } from 'hono';
import type { LocalYouTubeEnv } from './env.ts';
import { badRequest } from './google-answer.ts';
import { list, readPage } from './list-answer.ts';
import { onlyParts } from './only-parts.ts';
import { readPlaylist } from './playlist-rules.ts';
import type { RehearsedPlaylists, StoredPlaylist } from './playlists.ts';
import { readJsonBody } from './request-body.ts';
import { channelId, channelTitle, etag, readParts } from './video-resource.ts';

const playlistParts = ['id', 'snippet', 'status', 'contentDetails', 'localizations', 'player'] as const;

/** playlists.list and playlists.insert. */
export function playlistRoutes(playlists: RehearsedPlaylists): Hono<LocalYouTubeEnv> {
  const app = new Hono<LocalYouTubeEnv>();

  app.get('/', (c) => {
    const parts = readParts(c.req.queries('part') ?? [], playlistParts);
    const ids = (c.req.queries('id') ?? []).flatMap((value) => value.split(','));
    const ofChannel = c.req.query('mine') === 'true' || c.req.query('channelId') === channelId;
    if (!ofChannel && ids.length === 0) {
      throw badRequest('missingRequiredParameter', 'A filter is required: mine, channelId or id');
    }
    const wanted = playlists.all().filter(({ id }) => ofChannel || ids.includes(id));
    const page = readPage(c, wanted, ({ id }) => id, 'youtube.playlist');
    const items = page.entries.map((playlist) => toPlaylistResource(playlist, parts));
    return list(c, 'youtube#playlistListResponse', items, page);
  });

  app.post('/', async (c) => {
    const parts = readParts(c.req.queries('part') ?? [], playlistParts);
    const begin = readPlaylist(await readJsonBody(c), parts);
    return c.json(toPlaylistResource(await playlists.create(begin), parts));
  });

  return app;
}

function toPlaylistResource(playlist: StoredPlaylist, parts: readonly string[]) {
  const { title, description, defaultLanguage, privacyStatus, publishedAt, items } = playlist;
  const snippet = { publishedAt, channelId, channelTitle, title, description, defaultLanguage };
  const all = { snippet, status: { privacyStatus }, contentDetails: { itemCount: items.length } };
  const wanted = onlyParts(all, parts);
  return { kind: 'youtube#playlist', etag: etag(wanted), id: playlist.id, ...wanted };
}
