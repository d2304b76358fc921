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
/** Milliseconds; a copy that goes on is written to all the time. */
const abandonedAfter = 15 * 60_000;

/**
 * Copies a recording into the input folder in one request. It appears there under its name only when it is whole, and
 * takes no other's place.
 * @throws RequestError 400 (name), 409 (there already), 507 (no room), 400 (cut off)
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
  await requireRoom(inputFolder, { name, bytes, whole: bytes, target });
  // A hidden name: the watched folder does not take it up.
  const partial = path.join(inputFolder, `.${randomUUID()}${partialEnd}`);
  try {
    await write(partial, body, bytes, signal);
    await putInPlace(partial, path.join(inputFolder, name));
  } finally {
    await rm(partial, { force: true });
  }
}

/** A program that was killed while it copied left gigabytes under a name that nobody sees. */
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
      // Not write: on a disk that is nearly full it writes a part and says so only by its result.
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
