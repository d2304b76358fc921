import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { renderThumbnailInProcess } from '../../thumbnail/render-process.ts';
import { requireRecord, type StageContext } from '../context.ts';
import { preparedRecord, selectionRecord, thumbnailFile, thumbnailRecord } from '../records.ts';
import { drawingOf, type EnhanceOptions } from './drawing.ts';

export type { EnhanceOptions } from './drawing.ts';

export interface Enhanced {
  readonly file: string;
  readonly warnings: readonly string[];
}

/**
 * Draws the thumbnail from the selected frame.
 * @throws StageError STAGE_ORDER, TEMPLATE_UNKNOWN, DESIGN_INVALID, PICTURE_UNREADABLE, RENDERER_FAILED
 */
export async function enhanceThumbnail(
  videoPath: string,
  options: EnhanceOptions,
  context: StageContext,
): Promise<Enhanced> {
  const { store, attempt, signal, report } = context;
  const workspace = await store.open(videoPath, attempt);
  const prepared = requireRecord(workspace, preparedRecord, 'prepare');
  const { frame } = requireRecord(workspace, selectionRecord, 'select');
  const file = workspace.path(thumbnailFile);
  const { request, drawnFrom } = drawingOf(workspace, prepared, frame, options);
  const before = workspace.read(thumbnailRecord);
  if (before?.drawnFrom === drawnFrom && existsSync(file)) return { file, warnings: before.warnings };

  report({ note: 'drawing the thumbnail' });
  const draft = workspace.path(`.${thumbnailFile}.${randomUUID()}.draft`);
  try {
    const { template, theme, width, height, warnings } = await renderThumbnailInProcess(
      { ...request, out: draft },
      { signal },
    );
    // A record must never, even for a moment, be next to a picture that was drawn from something else.
    workspace.remove(thumbnailRecord);
    workspace.adopt(draft, file);
    const { crop } = options;
    const drawn = { template, theme, width, height, frame, crop, drawnFrom, warnings: [...warnings] };
    workspace.write(thumbnailRecord, drawn);
    return { file, warnings };
  } finally {
    await rm(draft, { force: true });
  }
}
