import { html } from 'hono/html';
import type { StoredVideo } from './library.ts';
import { pageFrame } from './page-frame.ts';
import { channelTitle } from './video-resource.ts';

/** All videos, newest first. */
export function channelPage(videos: readonly StoredVideo[]) {
  const count = videos.length === 1 ? '1 video' : `${videos.length} videos`;
  return pageFrame(
    channelTitle,
    html`<h1>${channelTitle}</h1>
<div class="soft">${videos.length === 0 ? 'No video has been rehearsed yet.' : count}</div>
<div class="grid">${videos.map(card)}</div>`,
  );
}

function card({ id, snippet, status, publishedAt, thumbnail }: StoredVideo) {
  const picture = thumbnail
    ? html`<img src="/vi/${id}/thumbnail?v=${thumbnail.version}" alt="" loading="lazy">`
    : html`<div class="blank">No thumbnail yet</div>`;
  return html`<a class="card" href="/watch?v=${id}"><figure>${picture}</figure><b>${snippet.title}</b>
<span class="soft">${status.privacyStatus} · ${publishedAt.slice(0, 10)}</span></a>`;
}
