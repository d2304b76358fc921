import { describedVideo, hostElsewhere } from './known-video.ts';
import { viewThere } from './machines/view-there.ts';
import type { StudioParts } from './studio-parts.ts';
import { type VideoView, viewHere } from './video-view.ts';

/** @throws RequestError 404 */
export async function viewVideo(parts: StudioParts, id: string): Promise<VideoView> {
  const { step, ...video } = await describedVideo(parts, id);
  const elsewhere = hostElsewhere(parts, video);
  const files = elsewhere ? await viewThere(parts, elsewhere, id) : await viewHere(parts, video);
  return { video, ...(step && { step }), ...files };
}
