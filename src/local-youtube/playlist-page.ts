import { html } from 'hono/html';
import type { StoredVideo } from './library.ts';
import { pageFrame } from './page-frame.ts';
import type { StoredPlaylist } from './playlists.ts';
import { videoGrid } from './video-card.ts';

/** The videos of a playlist, in its order. */
export function playlistPage(
  { title, description, privacyStatus }: StoredPlaylist,
  videos: readonly StoredVideo[],
  now: number,
) {
  return pageFrame(
    `${title} (rehearsal)`,
    html`<h1>${title}</h1>
<div><span class="pill">${privacyStatus}</span><span class="soft">Playlist, ${videos.length === 1 ? '1 video' : `${videos.length} videos`}</span></div>
${description === '' ? '' : html`<p>${description}</p>`}
${videoGrid(videos, now)}`,
  );
}
