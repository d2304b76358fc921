import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { StageError } from '../../../src/domain/errors.ts';
import { moveFile } from '../../../src/stages/cleanup/move-file.ts';

// Moves one file, and may be killed while doing so.
const [source = '', target = '', sha256 = ''] = process.argv.slice(2);
console.log('moving');
try {
  const isRecording = async (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex') === sha256;
  const { signal } = new AbortController();
  const options = { sha256, signal, isRecording, onProgress: () => {}, beforeRename: () => {} };
  console.log((await moveFile(source, target, options)) ? 'moved' : 'occupied');
} catch (error) {
  if (!(error instanceof StageError)) throw error;
  console.log(error.code, error.action);
}
