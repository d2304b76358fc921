import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { isDiskFull } from '../../../domain/system-error.ts';
import { RequestError } from '../problem.ts';
import type { StudioParts } from '../studio-parts.ts';
import { checkName, putInPlace, requireFreeName, requireRoom } from './place.ts';

export interface IncomingRecording {
  readonly name: string;
  readonly bytes: number;
  readonly body: Readable;
  readonly signal: AbortSignal;
}

const partialEnd = '.upload.part';
/** Milliseconds; a copy in progress is written to all the time. */
const abandonedAfter = 15 * 60_000;

/**
 * Copies a recording into the input folder in one request. It appears there under its name only once it is
 * complete, and never replaces another file.
 * @throws RequestError 400 (name, empty or cut off), 409 (already there), 507 (no space)
 */
export async function receiveRecording(
  { inputFolder, target }: Pick<StudioParts, 'inputFolder' | 'target'>,
  { name, bytes, body, signal }: IncomingRecording,
): Promise<void> {
  checkName(name);
  await mkdir(inputFolder, { recursive: true });
  requireFreeName(inputFolder, name);
  if (bytes === 0) throw new RequestError(400, `${name} is empty.`);
  await dropAbandoned(inputFolder);
  await requireRoom(inputFolder, { name, bytes, whole: bytes, target: target() });
  // A hidden name, so that it is not picked up from the watched folder.
  const partial = path.join(inputFolder, `.${randomUUID()}${partialEnd}`);
  try {
    await write(partial, body, bytes, signal);
    await putInPlace(partial, path.join(inputFolder, name));
  } finally {
    await rm(partial, { force: true });
  }
}

/** A program killed while copying leaves gigabytes behind under a hidden name. */
async function dropAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.') || !name.endsWith(partialEnd)) continue;
    const file = path.join(folder, name);
    const written = (await stat(file).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - written > abandonedAfter) await rm(file, { force: true });
  }
}

async function write(partial: string, body: Readable, bytes: number, signal: AbortSignal): Promise<void> {
  const handle = await open(partial, 'wx');
  let written = 0;
  try {
    for await (const chunk of body) {
      signal.throwIfAborted();
      written += chunk.length;
      if (written > bytes) break;
      // Not `write`: on a nearly full disk, it writes only a part and says so only in its result.
      await handle.writeFile(chunk);
    }
    if (written !== bytes) throw new RequestError(400, 'The recording did not arrive completely. Drop it again.');
    await handle.sync();
  } catch (error) {
    if (isDiskFull(error)) throw new RequestError(507, 'The disk is full.');
    throw error;
  } finally {
    await handle.close();
  }
}
