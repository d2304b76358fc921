import { type Context, Hono } from 'hono';
import { sendFile } from '../http/send-file.ts';
import type { Behaviour } from './behaviour.ts';
import { channelPage } from './channel-page.ts';
import type { LocalYouTubeEnv } from './env.ts';
import type { Library } from './library.ts';
import { messagePage } from './page-frame.ts';
import { playlistPage } from './playlist-page.ts';
import type { RehearsedPlaylists } from './playlists.ts';
import type { Quota } from './quota.ts';
import type { Shown } from './video-resource.ts';
import { watchPage } from './watch-page.ts';

/** Pages run no script and load nothing from elsewhere. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; frame-ancestors 'none'";

interface Pages {
  readonly library: Library;
  readonly playlists: RehearsedPlaylists;
  readonly quota: Quota;
  readonly behaviour: () => Behaviour;
  readonly shown: () => Shown;
  readonly mistake: () => string | undefined;
}

/** For people: the channel, a page for each video and playlist, and the media on those pages. */
export function pageRoutes({ library, playlists, quota, behaviour, shown, mistake }: Pages): Hono<LocalYouTubeEnv> {
  const app = new Hono<LocalYouTubeEnv>();
  const page = async (c: Context<LocalYouTubeEnv>, content: string | Promise<string>, status: 200 | 404 = 200) =>
    c.html(await content, status, {
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });

  app.get('/', (c) =>
    page(
      c,
      channelPage({
        videos: library.all(),
        playlists: playlists.all(),
        spent: quota.spent(),
        limits: behaviour().quota,
        now: shown().now,
        mistake: mistake(),
      }),
    ),
  );

  app.get('/playlist', (c) => {
    const playlist = playlists.get(c.req.query('list') ?? '');
    if (!playlist)
      return page(c, messagePage('This playlist is not here', 'Nothing was rehearsed under this address.'), 404);
    const videos = playlist.items.flatMap(({ videoId }) => library.get(videoId) ?? []);
    return page(c, playlistPage(playlist, videos, shown().now));
  });

  app.get('/watch', (c) => {
    const video = library.get(c.req.query('v') ?? '');
    if (!video) return page(c, messagePage('This video is not here', 'Nothing was rehearsed under this address.'), 404);
    return page(c, watchPage(video, shown().now));
  });

  app.get('/media/:id', async (c) => {
    const video = library.get(c.req.param('id'));
    if (!video) return c.notFound();
    // Browsers play a QuickTime container if it is labelled MP4, but not under its own type.
    const contentType = video.contentType === 'video/quicktime' ? 'video/mp4' : video.contentType;
    return sendFile(c.env, library.recordingFile(video.id), contentType);
  });

  app.get('/vi/:id/thumbnail', async (c) => {
    const video = library.get(c.req.param('id'));
    if (!video?.thumbnail) return c.notFound();
    return sendFile(c.env, library.thumbnailFile(video.id), video.thumbnail.contentType);
  });

  return app;
}
