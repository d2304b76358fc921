import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { RequestError } from '../../src/studio/server/problem.ts';
import { receiveRecording } from '../../src/studio/server/receive-recording.ts';

// Drops a recording of 2 MiB on a disk (tmpfs) that has room for half of its last piece only.
const folder = process.argv[2] ?? '';
const piece = Buffer.alloc(1024 * 1024, 'x');
async function* arriving() {
  yield piece;
  execFileSync('mount', ['-o', 'remount,size=1536k', folder]);
  yield piece;
}
const outcome = await receiveRecording(
  { inputFolder: folder, target: 'youtube' },
  {
    name: 'md_HuyzVietvsThezLeo.mov',
    bytes: 2 * piece.length,
    body: Readable.from(arriving(), { objectMode: true, highWaterMark: 1 }),
    signal: new AbortController().signal,
  },
).then(
  () => 'received',
  (error) => (error instanceof RequestError ? `${error.status}: ${error.message}` : String(error)),
);
process.stdout.write(JSON.stringify({ outcome, files: readdirSync(folder) }));
