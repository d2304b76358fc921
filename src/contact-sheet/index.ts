import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { runTask } from '../child/run-task.ts';
import { StageError } from '../domain/errors.ts';
import type { Sheet } from './sheet.ts';
import type { SheetInput } from './task.ts';

export type { Sheet } from './sheet.ts';

const drawingFailed = (what: string, cause?: unknown) =>
  new StageError('RENDERER_FAILED', `The process that draws the contact sheet ${what}.`, {
    remedy: 'retry',
    action: 'Try again; if it keeps failing, report the message.',
    cause,
  });

/**
 * Draws a contact sheet in its own process and writes it to `out` as a JPEG, atomically.
 * @throws StageError NO_SPACE, FOLDER_UNUSABLE or RENDERER_FAILED; the signal's reason when aborted
 */
export async function writeContactSheet(sheet: Sheet, out: string, signal?: AbortSignal): Promise<void> {
  const temporary = join(dirname(out), `.${basename(out)}.${randomUUID()}.tmp`);
  const input: SheetInput = { sheet, out, temporary };
  try {
    await runTask<SheetInput, never, void>(new URL('./task.ts', import.meta.url), input, {
      failed: drawingFailed,
      signal,
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Checks before any work is done that a file could be written there.
 * @throws StageError FOLDER_UNUSABLE
 */
export async function requireWritable(out: string): Promise<void> {
  const unusable = (why: string, cause?: unknown) =>
    new StageError('FOLDER_UNUSABLE', `The contact sheet ${out} cannot be written: ${why}.`, {
      remedy: 'fix',
      action: 'Name a file in a folder that exists and is writable.',
      cause,
    });
  const folder = dirname(out);
  const found = await stat(folder).catch((cause) => {
    throw unusable(`the folder ${folder} does not exist`, cause);
  });
  if (!found.isDirectory()) throw unusable(`${folder}  is not a folder`);
  await access(folder, constants.W_OK).catch((cause) => {
    throw unusable(`the folder ${folder} is not writable`, cause);
  });
  const there = await stat(out).catch(() => undefined);
  if (there?.isDirectory()) throw unusable('it is a folder');
}
