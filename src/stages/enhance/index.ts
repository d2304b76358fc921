import { createHash, randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Corrections } from '../../domain/corrections.ts';
import type { Look } from '../../domain/look.ts';
import { openDesigns } from '../../thumbnail/designs/designs.ts';
import { renderThumbnailInProcess, type ThumbnailRequest } from '../../thumbnail/render-process.ts';
import { requireRecord, type StageContext } from '../context.ts';
import { dayOf, matchOf } from '../prepare/index.ts';
import {
  candidatesFolder,
  preparedRecord,
  rankingRecord,
  selectionRecord,
  thumbnailFile,
  thumbnailRecord,
} from '../records.ts';

export interface EnhanceOptions {
  readonly template: string;
  readonly theme?: Look['theme'];
  readonly crop?: Look['crop'];
  /** Folder with the club's own templates and themes. */
  readonly designs?: string | undefined;
  /** Pixels and bytes; see `ThumbnailRequest` for the defaults. */
  readonly size?: ThumbnailRequest['size'];
  readonly mostBytes?: number;
  readonly club: { readonly name: string; readonly logo?: string };
  readonly corrections?: Corrections | undefined;
}

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
  const photo = workspace.path(candidatesFolder, frame);
  const file = workspace.path(thumbnailFile);
  const chosen = workspace.read(rankingRecord)?.candidates.find((candidate) => candidate.frame === frame);
  const request = {
    photo,
    players: chosen?.players,
    match: matchOf(prepared, options.corrections),
    date: dayOf(prepared, options.corrections),
    template: options.template,
    theme: options.theme,
    designs: options.designs,
    crop: options.crop,
    size: options.size,
    mostBytes: options.mostBytes,
    club: options.club,
  };

  const photoModified = existsSync(photo) && statSync(photo).mtimeMs;
  const drawnFrom = digest({ ...request, photoModified, designs: openDesigns(options.designs).stamp });
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
    workspace.write(thumbnailRecord, { template, theme, width, height, drawnFrom, warnings: [...warnings] });
    return { file, warnings };
  } finally {
    await rm(draft, { force: true });
  }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
