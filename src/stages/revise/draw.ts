import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { StageError } from '../../domain/errors.ts';
import type { Look } from '../../domain/look.ts';
import type { DrawnRevision, DrawOrder } from '../../domain/revision-order.ts';
import { refuseChoice } from '../../domain/selection.ts';
import { extractFrames } from '../../media/index.ts';
import { renderThumbnailInProcess } from '../../thumbnail/render-process.ts';
import type { PublishTarget } from '../../workspace/ledger.ts';
import type { ReadOnlyWorkspace, Workspace } from '../../workspace/workspace.ts';
import { requireRecord, type StageContext } from '../context.ts';
import { drawingOf, type EnhanceOptions } from '../enhance/drawing.ts';
import { findRecording, placesOf } from '../find-recording.ts';
import { frameName } from '../frame-name.ts';
import {
  candidatesFolder,
  type PreparedRecord,
  type PublicationRecord,
  preparedRecord,
  rankingRecord,
  revisionsFolder,
  selectionRecord,
  thumbnailRecord,
} from '../records.ts';
import { requirePublished } from './job.ts';

/**
 * Draws another thumbnail for a published video, beside the present one. What is not asked for is as in that one.
 * @throws StageError FRAME_NOT_FOUND; FILE_MISSING if a moment is asked for and the recording is gone; TEMPLATE_UNKNOWN
 *   and others of drawing
 */
export async function drawRevision(
  videoId: string,
  { id, thumbnail }: DrawOrder,
  options: EnhanceOptions & { readonly target: PublishTarget },
  context: StageContext,
): Promise<DrawnRevision> {
  const { store, attempt, signal, report } = context;
  const workspace = await store.openVideo(videoId, attempt);
  const prepared = requireRecord(workspace, preparedRecord, 'prepare');
  const publication = requirePublished(workspace, options.target);
  const frame = await frameFor(workspace, prepared, thumbnail, publication.picture?.frame, context);
  const { target: _target, ...enhance } = options;
  const drawing = revisedDrawing(workspace, publication, thumbnail.look, enhance);
  const { request, drawnFrom } = drawingOf(workspace, prepared, frame, drawing);
  report({ note: 'drawing the thumbnail' });
  const file = path.join(revisionsFolder, `${id}.jpg`);
  await mkdir(workspace.path(revisionsFolder), { recursive: true });
  const draft = workspace.path(revisionsFolder, `.${id}.${randomUUID()}.draft`);
  try {
    const { template, theme, warnings } = await renderThumbnailInProcess({ ...request, out: draft }, { signal });
    workspace.adopt(draft, workspace.path(file));
    const { crop } = drawing;
    const picture = { file, drawnFrom, frame, template, theme, ...(crop && { crop }) };
    return { picture, warnings: [...warnings] };
  } finally {
    await rm(draft, { force: true });
  }
}

/** How a published video's thumbnail is drawn again: what is not asked for is as in the present one. */
export function revisedDrawing(
  workspace: Pick<ReadOnlyWorkspace, 'read'>,
  { picture, match, date }: PublicationRecord,
  look: Look = {},
  usual: EnhanceOptions,
): EnhanceOptions {
  const present = picture ?? workspace.read(thumbnailRecord);
  return {
    ...usual,
    template: look.template ?? present?.template ?? usual.template,
    theme: look.theme ?? present?.theme ?? usual.theme,
    crop: look.crop,
    corrections: match && { ...match, teams: [match.teams[0], match.teams[1]], date },
  };
}

/** File name of the frame among the candidates, where its picture is when this returns. */
async function frameFor(
  workspace: Workspace,
  prepared: PreparedRecord,
  { frame, atSeconds }: DrawOrder['thumbnail'],
  present: string | undefined,
  context: StageContext,
): Promise<string> {
  const candidates = workspace.read(rankingRecord)?.candidates ?? [];
  if (atSeconds !== undefined) {
    const problem = refuseChoice({ atSeconds }, { fixed: false, durationSeconds: prepared.info.durationSeconds });
    if (problem) throw frameNotFound(problem, workspace.videoId);
    return extract(workspace, prepared, frameName(atSeconds), atSeconds, context);
  }
  const selection = workspace.read(selectionRecord);
  const name = frame ?? present ?? selection?.frame;
  const found = candidates.find((candidate) => candidate.frame === name || String(candidate.rank) === name);
  const known = found ?? (name !== undefined && name === selection?.frame ? selection : undefined);
  const kept = known?.frame ?? (name === present ? present : undefined);
  if (kept !== undefined && existsSync(workspace.path(candidatesFolder, kept))) return kept;
  if (known) return extract(workspace, prepared, known.frame, known.time, context);
  const names = candidates.map(({ rank, frame: file }) => `${rank} (${file})`).join(', ');
  throw frameNotFound(`There is no candidate ${name ?? ''}; there are ${names || 'none'}.`, workspace.videoId);
}

async function extract(
  workspace: Workspace,
  prepared: PreparedRecord,
  frame: string,
  time: number,
  context: StageContext,
): Promise<string> {
  const recording = await requireRecording(workspace, prepared, context);
  context.report({ note: `taking the frame at ${time.toFixed(2)} s` });
  await mkdir(workspace.path(candidatesFolder), { recursive: true });
  await extractFrames(recording, [{ time, file: workspace.path(candidatesFolder, frame) }], { signal: context.signal });
  return frame;
}

/** @throws StageError FILE_MISSING */
async function requireRecording(
  workspace: Workspace,
  prepared: PreparedRecord,
  { store }: StageContext,
): Promise<string> {
  const found = await findRecording(workspace, prepared, store);
  if (found !== undefined) return found;
  const kept = (workspace.read(rankingRecord)?.candidates ?? []).filter(({ frame }) =>
    existsSync(workspace.path(candidatesFolder, frame)),
  );
  const numbers = kept.map(({ rank }) => rank).join(', ');
  const places = placesOf(workspace, prepared);
  throw new StageError('FILE_MISSING', `The recording is gone: it is not at ${places.join(', nor at ')}.`, {
    remedy: 'fix',
    action: `Put it back, or take one of the frames that were kept: ${numbers ? `--frame ${numbers}` : 'there are none'}.`,
  });
}

function frameNotFound(message: string, videoId: string): StageError {
  return new StageError('FRAME_NOT_FOUND', message, {
    remedy: 'fix',
    action: `Choose another frame: npx badminton revise ${videoId} --frame NUMBER`,
  });
}
