import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { RequestError } from '../../src/studio/server/problem.ts';
import { receiveRecording } from '../../src/studio/server/uploads/receive-recording.ts';
import { openUploads } from '../../src/studio/server/uploads/uploads.ts';

// Sends a recording in pieces, or drops one whole, of 2 MiB on a disk (tmpfs) that has room for half of its last part only.
const [folder = '', how] = process.argv.slice(2);
const piece = Buffer.alloc(1024 * 1024, 'x');
async function* arriving() {
  yield piece;
  execFileSync('mount', ['-o', 'remount,size=1536k', folder]);
  yield piece;
}
const name = 'md_HuyzVietvsThezLeo.mov';
const bytes = 2 * piece.length;
const body = Readable.from(arriving(), { objectMode: true, highWaterMark: 1 });
const parts = { inputFolder: folder, target: () => 'youtube' as const };
const uploads = openUploads(parts);

async function inPieces(): Promise<void> {
  const { id } = await uploads.begin({ name, bytes, digest: 'a'.repeat(64) });
  await uploads.receive(id, { offset: 0, length: bytes, body });
}
const whole = () => receiveRecording(parts, { name, bytes, body, signal: new AbortController().signal });

const outcome = await (how === 'pieces' ? inPieces() : whole()).then(
  () => 'received',
  (error) => (error instanceof RequestError ? `${error.status}: ${error.message}` : String(error)),
);
const kept = (await uploads.list()).map(({ offset }) => offset);
const files = readdirSync(folder).filter((each) => !each.startsWith('.uploads'));
process.stdout.write(JSON.stringify({ outcome, files, kept }));
