import { openThumbnailRenderer, type RenderLimits, type ThumbnailRenderer } from './renderer.ts';
import type { ThumbnailRequest, ThumbnailSummary } from './request.ts';
import { writePicture } from './write-picture.ts';

export type { ThumbnailRequest, ThumbnailSummary } from './request.ts';

export interface RenderOptions extends RenderLimits {
  /** Ends the child; the returned promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Its child has drawn a picture and is kept for a moment, for the next one with the usual limits. */
let spare: ThumbnailRenderer | undefined;
const keptMilliseconds = 3000;

/**
 * Draws one thumbnail in a process of its own and writes it to `out` (atomically, mode 0644): the drawing's memory and
 * processor time do not burden the caller, and a crash becomes an error. The child ends when the caller's process
 * does; unless it has drawn the picture, it is gone when the promise settles.
 * @throws StageError METADATA_INVALID, TEMPLATE_UNKNOWN, PICTURE_UNREADABLE, NO_SPACE, FOLDER_UNUSABLE, or
 * RENDERER_FAILED when the child died, hung or failed in an unforeseen way
 */
export async function renderThumbnailInProcess(
  { out, ...request }: ThumbnailRequest & { out: string },
  { signal, ...limits }: RenderOptions = {},
): Promise<ThumbnailSummary> {
  const isUsual = Object.values(limits).every((limit) => limit === undefined);
  const renderer = (isUsual && spare) || openThumbnailRenderer({ idleMs: keptMilliseconds, ...limits });
  if (renderer === spare) spare = undefined;
  let isDrawn = false;
  try {
    const { jpeg, ...summary } = await renderer.render(request, { signal });
    isDrawn = true;
    await writePicture(out, jpeg);
    return summary;
  } finally {
    if (isDrawn && isUsual && !spare) spare = renderer;
    else await renderer.close();
  }
}
