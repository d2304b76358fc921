import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { thisHost } from '../../src/app/host.ts';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), 'badminton-host-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('several simultaneous first starts on one data folder agree on one id', async () => {
  const data = path.join(folder, 'at-once');
  const module = new URL('../../src/app/host.ts', import.meta.url).href;
  const start = Date.now() + 1500;
  const script = `
    const { thisHost } = await import(${JSON.stringify(module)});
    while (Date.now() < ${start}) {}
    console.log(thisHost(${JSON.stringify(data)}).id);`;
  const starts = Array.from({ length: 6 }, () => run(process.execPath, ['--input-type=module', '-e', script]));
  const ids = (await Promise.all(starts)).map(({ stdout }) => stdout.trim());
  assert.equal(new Set(ids).size, 1, ids.join(' '));
  assert.equal(thisHost(data).id, ids[0]);
  assert.deepEqual(readdirSync(data), ['host-id']);
});

test('a damaged id is reported, and never replaced', () => {
  const file = path.join(folder, 'host-id');
  writeFileSync(file, '');
  assert.throws(() => thisHost(folder), /host-id is damaged/);
  assert.equal(readFileSync(file, 'utf8'), '');
});
