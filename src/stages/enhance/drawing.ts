import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import type { Corrections } from '../../domain/corrections.ts';
import type { Look } from '../../domain/look.ts';
import { openDesigns } from '../../thumbnail/designs/designs.ts';
import type { ThumbnailRequest } from '../../thumbnail/render-process.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { dayOf, matchOf } from '../prepare/index.ts';
import { candidatesFolder, type PreparedRecord, rankingRecord } from '../records.ts';

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

export interface Drawing {
  readonly request: ThumbnailRequest;
  /** Digest of everything that the picture is drawn from. */
  readonly drawnFrom: string;
}

/** What a thumbnail of this frame is drawn from. @param frame its file name among the candidates */
export function drawingOf(
  workspace: Pick<Workspace, 'path' | 'read'>,
  prepared: PreparedRecord,
  frame: string,
  options: EnhanceOptions,
): Drawing {
  const photo = workspace.path(candidatesFolder, frame);
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
  return { request, drawnFrom: digest({ ...request, photoModified, designs: openDesigns(options.designs).stamp }) };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
