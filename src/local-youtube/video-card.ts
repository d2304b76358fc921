import { html } from 'hono/html';
import type { StoredVideo } from './library.ts';
import { visibility } from './video-words.ts';

/** A card for each video. */
export function videoGrid(videos: readonly StoredVideo[], now: number) {
  return html`<div class="grid">${videos.map((video) => card(video, now))}</div>`;
}

function card(video: StoredVideo, now: number) {
  const { id, snippet, publishedAt, thumbnail } = video;
  const picture = thumbnail
    ? html`<img src="/vi/${id}/thumbnail?v=${thumbnail.version}" alt="" loading="lazy">`
    : html`<div class="blank">No thumbnail yet</div>`;
  return html`<a class="card" href="/watch?v=${id}"><figure>${picture}</figure><b>${snippet.title}</b>
<span class="soft">${visibility(video, now)} · ${publishedAt.slice(0, 10)}</span></a>`;
}
