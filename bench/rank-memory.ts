// `node bench/rank-memory.ts FILE`: the most bytes the rank stage adds to a fresh process, including its children.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rankThumbnails } from '../src/stages/rank/index.ts';
import { openStore } from '../src/workspace/store.ts';
import { peakOf } from './memory.ts';

const [file = ''] = process.argv.slice(2);
const scratch = await mkdtemp(path.join(tmpdir(), 'badminton-bench-'));
const store = openStore(path.join(scratch, 'data'));
const { signal } = new AbortController();
const context = { store, attempt: { line: 'bench', place: [1, 1] as const }, signal, report: () => {} };
try {
  console.log(await peakOf(() => rankThumbnails(file, 5, context)));
} finally {
  store.close();
  await rm(scratch, { recursive: true, force: true });
}
