import { stat } from 'node:fs/promises';
import path from 'node:path';
import { StageError } from '../domain/errors.ts';
import type { Database } from './database.ts';
import { fingerprintFile } from './fingerprint.ts';

/** Which content a path holds, or last held. */
export interface RecordingIndex {
  /**
   * The content fingerprint of the recording at `file`; read again only when size or modification time changed.
   * A path whose file is gone (moved by cleanup) answers with what it last held.
   * @throws StageError FILE_MISSING when nothing was ever seen there, NOT_A_VIDEO for a folder.
   */
  fingerprint(file: string): Promise<string>;
}

interface Row {
  size: number;
  modified: number;
  fingerprint: string;
}

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
          action: 'Check the path, or put the recording back and retry.',
        });
      }
      if (known?.size === present.size && known.modified === present.mtimeMs) return known.fingerprint;
      const fingerprint = await fingerprintFile(key);
      save.run(key, present.size, present.mtimeMs, fingerprint);
      return fingerprint;
    },
  };
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
