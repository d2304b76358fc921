import { stat } from 'node:fs/promises';
import path from 'node:path';
import { StageError } from '../domain/errors.ts';
import type { Database } from './database.ts';
import { fingerprintFile } from './fingerprint.ts';

/** Which content a path holds, or last held. */
export interface RecordingIndex {
  /**
   * The content fingerprint of the recording at `file`; the file is read again only if its size or modification time
   * changed. A path whose file is gone (moved by cleanup) returns the fingerprint of what it last held.
   * @throws StageError FILE_MISSING if nothing was ever seen there, NOT_A_VIDEO for a folder, FILE_CHANGED while
   *   something writes to the file
   */
  fingerprint(file: string): Promise<string>;
}

interface Row {
  size: number;
  modified: number;
  fingerprint: string;
}

/**
 * Milliseconds within which a change may not show, because file systems round modification times (FAT: to two seconds).
 */
const imprecision = 3000;
/** A modification time that no file has: the row is then used only once the file is gone. */
const notBelieved = -1;
/** How many times to read a file that changes while it is read. */
const mostTries = 3;

export function openRecordingIndex(database: Database): RecordingIndex {
  const find = database.prepare('SELECT size, modified, fingerprint FROM recordings WHERE path = ?');
  const save = database.prepare('INSERT OR REPLACE INTO recordings VALUES (?, ?, ?, ?)');
  return {
    async fingerprint(file) {
      const key = path.resolve(file);
      const known = find.get(key) as Row | undefined;
      const present = await statFile(key);
      if (!present) {
        if (known) return known.fingerprint;
        throw new StageError('FILE_MISSING', `There is no file ${key}.`, {
          remedy: 'fix',
          action: 'Check the path, or put the recording back, then retry.',
        });
      }
      if (known?.size === present.size && known.modified === present.mtimeMs) return known.fingerprint;
      const { fingerprint, found } = await whileUnchanged(key);
      const isSettled = Date.now() - found.mtimeMs > imprecision;
      save.run(key, found.size, isSettled ? found.mtimeMs : notBelieved, fingerprint);
      return fingerprint;
    },
  };
}

/** The fingerprint of a single state of the file: blocks from different states would match none of them. */
async function whileUnchanged(file: string) {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = await stat(file);
    const fingerprint = await fingerprintFile(file);
    const found = await stat(file);
    if (before.size === found.size && before.mtimeMs === found.mtimeMs && before.ino === found.ino) {
      return { fingerprint, found };
    }
  }
  throw new StageError('FILE_CHANGED', `Something still writes to ${file}.`, {
    remedy: 'retry',
    action: 'Wait until the copy has ended, then retry.',
  });
}

async function statFile(file: string) {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw isAFolder(file);
    return found.isFile() ? found : undefined;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function isAFolder(file: string): StageError {
  return new StageError('NOT_A_VIDEO', `${file} is a folder, not a recording.`, {
    remedy: 'fix',
    action: 'Name the recording itself.',
  });
}
