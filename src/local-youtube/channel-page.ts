import { html } from 'hono/html';
import type { StoredVideo } from './library.ts';
import { pageFrame } from './page-frame.ts';
import type { StoredPlaylist } from './playlists.ts';
import type { QuotaLimits, Spent } from './quota.ts';
import { videoGrid } from './video-card.ts';
import { channelTitle } from './video-resource.ts';

export interface ChannelPage {
  readonly videos: readonly StoredVideo[];
  readonly playlists: readonly StoredPlaylist[];
  readonly spent: Spent;
  readonly limits: QuotaLimits;
  readonly now: number;
  readonly mistake: string | undefined;
}

/** All videos, newest first; the playlists; today's quota use. */
export function channelPage({ videos, playlists, spent, limits, now, mistake }: ChannelPage) {
  const count = videos.length === 1 ? '1 video' : `${videos.length} videos`;
  return pageFrame(
    channelTitle,
    html`<h1>${channelTitle}</h1>
<div class="soft">${videos.length === 0 ? 'No video has been rehearsed yet.' : count} · Quota of ${spent.day}:
${spent.uploads} of ${limits.uploads} uploads, ${spent.units} of ${limits.units} units</div>
${mistake === undefined ? '' : html`<p class="mistake">Nothing can be rehearsed until this is fixed: ${mistake}</p>`}
${playlists.length === 0 ? '' : html`<p>Playlists: ${playlists.map(link)}</p>`}
${videoGrid(videos, now)}`,
  );
}

function link({ id, title, items }: StoredPlaylist) {
  return html`<a class="pill" href="/playlist?list=${id}">${title} (${items.length})</a>`;
}
