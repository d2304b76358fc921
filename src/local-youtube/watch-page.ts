import { html } from 'hono/html';
import type { StoredVideo } from './library.ts';
import { pageFrame } from './page-frame.ts';
import { processing, visibility } from './video-words.ts';

/** The player, the thumbnail as it would be shown, and what was published. */
export function watchPage(video: StoredVideo, now: number) {
  const { snippet, recordingDetails, thumbnail } = video;
  const picture = thumbnail ? `/vi/${video.id}/thumbnail?v=${thumbnail.version}` : undefined;
  const filmed = recordingDetails.recordingDate?.slice(0, 10);
  return pageFrame(
    `${snippet.title} (rehearsal)`,
    html`<video controls playsinline preload="metadata" src="/media/${video.id}" ${picture ? html`poster="${picture}"` : ''}></video>
<h1>${snippet.title}</h1>
<div><span class="pill">${visibility(video, now)}</span><span class="pill">${processing(video, now)}</span><span class="soft">${filmed ? `Filmed ${filmed} · ` : ''}Uploaded ${video.publishedAt.slice(0, 10)} · ${megabytes(video.fileSize)}</span></div>
<div class="about">
<p>${snippet.description || 'No description'}</p>
<figure>${picture ? html`<img src="${picture}" alt="Thumbnail">` : html`<div class="blank">No thumbnail yet</div>`}<figcaption class="soft">Thumbnail</figcaption></figure>
</div>`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`;
}
