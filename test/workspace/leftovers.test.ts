import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { it, type TestContext } from 'node:test';
import type { Attempt } from '../../src/workspace/fence.ts';
import { openStore } from '../../src/workspace/store.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';

const finished = ['prepared.json', 'scan.bin', 'thumbnail.jpg', path.join('candidates', 'frame_1.500s.jpg')];
const record = '.prepared.json.0123456789ab.tmp';
const others = [
  '.scan.bin.5bd0a7c4-0000-4000-8000-000000000000.tmp',
  '.thumbnail.jpg.5bd0a7c4-0000-4000-8000-000000000000.draft',
  '..thumbnail.jpg.5bd0a7c4-0000-4000-8000-000000000000.draft.5bd0a7c4-0000-4000-8000-000000000001.tmp',
  path.join('candidates', 'frame_1.500s.jpg.5bd0a7c4-0000-4000-8000-000000000000.partial'),
];

/** A video whose worker was killed while it wrote everything at once; returns what is there once the next one has it. */
async function afterKill(t: TestContext, lane?: Attempt['lane']): Promise<string[]> {
  const folder = await temporaryFolder(t);
  const store = openStore(path.join(folder, 'data'));
  atEnd(t, store.close);
  const file = path.join(folder, 'ms_AnvsBo.mov');
  writeFileSync(file, 'a recording');
  const killed = await store.open(file, { line: 'run', place: [1, 1] });
  mkdirSync(killed.path('candidates'));
  for (const name of [...finished, record, ...others]) writeFileSync(killed.path(name), 'x');
  await store.open(file, { line: 'run', place: [1, 2], ...(lane && { lane }) });
  const names = readdirSync(killed.folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name !== 'candidates').sort();
}

it('removes what a killed attempt left unfinished, and nothing that is finished', async (t) => {
  assert.deepEqual(await afterKill(t), finished.toSorted());
});

it('leaves alone what may still be drawn while the recording is uploaded', async (t) => {
  assert.deepEqual(await afterKill(t, 'channel'), [...finished, ...others].sort());
});
