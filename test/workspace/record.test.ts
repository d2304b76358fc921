import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { type RecordKind, readRecord, writeRecord } from '../../src/workspace/record.ts';
import { openWorkspace } from '../../src/workspace/workspace.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { stageError } from '../support/stage-bench.ts';

/** First `{ name }`, then `{ names }`, then `{ names, count }`. */
const team: RecordKind<{ names: string[]; count: number }> = {
  file: 'team.json',
  schema: z.object({ names: z.array(z.string()), count: z.number() }),
  secret: true,
  upgrades: [({ name }) => ({ names: name.split('/') }), ({ names }) => ({ names, count: names.length })],
};

describe('the version of a record', () => {
  for (const [version, content] of [
    ['without one', { name: 'An/Bo' }],
    ['of the first', { version: 1, name: 'An/Bo' }],
    ['of the one before', { version: 2, names: ['An', 'Bo'] }],
    ['of the present', { version: 3, names: ['An', 'Bo'], count: 2 }],
  ] as const) {
    it(`${version} is read in the current form, and written only when somebody writes`, async (t) => {
      const file = path.join(await temporaryFolder(t), team.file);
      const text = JSON.stringify(content);
      writeFileSync(file, text);
      const record = readRecord(file, team);
      assert.deepEqual(record, { names: ['An', 'Bo'], count: 2 });
      assert.equal(readFileSync(file, 'utf8'), text);
      writeRecord(file, team, { names: ['An'], count: 1 });
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { version: 3, names: ['An'], count: 1 });
      assert.equal(statSync(file).mode & 0o777, 0o600);
    });
  }

  it('of a newer program is neither read, replaced nor removed', async (t) => {
    const workspace = openWorkspace(await temporaryFolder(t), 'video-0123456789abcdef', (write) => write());
    const file = workspace.path(team.file);
    const text = '{"version":4,"players":[{"name":"An"},{"name":"Bo"}]}';
    writeFileSync(file, text);
    const refused = stageError('NEWER_DATA', /\/team\.json was .* newer .* version 4, .* than 3\. It was left/);
    assert.throws(() => workspace.read(team), refused);
    assert.throws(() => workspace.write(team, { names: [], count: 0 }), refused);
    assert.throws(() => workspace.remove(team), refused);
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  const damaged = [
    '{"version":"3","names":[],"count":0}',
    '{"version":0,"name":"An"}',
    '{"version":1}',
    '{"version":2}',
  ];
  for (const text of damaged) {
    it(`that is impossible counts as damage, and is recreated: ${text}`, async (t) => {
      const file = path.join(await temporaryFolder(t), team.file);
      writeFileSync(file, text);
      assert.throws(() => readRecord(file, team), stageError('RECORD_INVALID', /team\.json is damaged/));
      writeRecord(file, team, { names: ['An'], count: 1 });
      assert.equal(readRecord(file, team)?.count, 1);
    });
  }

  it('of a cache is its own business', async (t) => {
    const workspace = openWorkspace(await temporaryFolder(t), 'video-0123456789abcdef', (write) => write());
    const seen: RecordKind<{ version: number }> = {
      file: 'seen.json',
      schema: z.object({ version: z.number() }),
      upgrades: 'cache',
    };
    workspace.write(seen, { version: 7 });
    assert.deepEqual(workspace.read(seen), { version: 7 });
    workspace.write(seen, { version: 1 });
    assert.equal(readFileSync(workspace.path(seen.file), 'utf8'), '{\n  "version": 1\n}\n');
    workspace.remove(seen);
    assert.ok(!existsSync(workspace.path(seen.file)));
  });
});
