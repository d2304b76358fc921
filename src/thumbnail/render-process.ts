import { openThumbnailRenderer, type RenderLimits } from './renderer.ts';
import type { ThumbnailRequest, ThumbnailSummary } from './request.ts';
import { writePicture } from './write-picture.ts';

export type { ThumbnailRequest, ThumbnailSummary } from './request.ts';

export interface RenderOptions extends RenderLimits {
  /** Ends the child; the returned promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Draws one thumbnail in its own process and writes it to `out` (atomically, mode 0644): the drawing's memory and
 * processor time do not burden the caller, and a crash becomes an error. The child ends when the caller's process does.
 * @throws StageError METADATA_INVALID, TEMPLATE_UNKNOWN, PICTURE_UNREADABLE, NO_SPACE, FOLDER_UNUSABLE, or
 * RENDERER_FAILED when the child died, hung or failed in an unforeseen way
 */
export async function renderThumbnailInProcess(
  { out, ...request }: ThumbnailRequest & { out: string },
  { signal, ...limits }: RenderOptions = {},
): Promise<ThumbnailSummary> {
  const renderer = openThumbnailRenderer(limits);
  try {
    const { jpeg, ...summary } = await renderer.render(request, { signal });
    await writePicture(out, jpeg);
    return summary;
  } finally {
    await renderer.close();
  }
}
