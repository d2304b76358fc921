import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { sessionRecord } from '../../../src/stages/upload/session-record.ts';
import { modeOf, publishBench } from './publish-bench.ts';

describe('the address of an upload session', () => {
  it('is in one file that only its owner may read, in no error, and nowhere once the video is known', async (t) => {
    const bench = await publishBench(t, 2);
    bench.faults = ({ contentRange }) => (contentRange?.startsWith('bytes') ? { kind: 'drop' } : undefined);
    const failure = await bench.upload().catch((error: Error) => error);
    assert.ok(failure instanceof Error);

    const space = await bench.space();
    const session = space.read(sessionRecord('local'));
    const secret = new URL(session?.url ?? '').searchParams.get('upload_id') ?? '';
    assert.ok(secret.length > 10);
    const sessionFile = space.path(sessionRecord('local').file);
    assert.equal(await modeOf(sessionFile), 0o600);

    const told = [inspect(failure, { depth: 12, showHidden: true }), failure.stack, JSON.stringify(bench.progress)];
    for (const text of told) assert.ok(!text?.includes(secret), text);
    for (const name of await readdir(space.folder, { recursive: true })) {
      const file = space.path(name);
      if (file === sessionFile) continue;
      assert.ok(!(await readFile(file)).includes(secret), name);
    }

    bench.faults = undefined;
    await bench.upload();
    assert.ok(!existsSync(sessionFile), 'it has served');
  });
});
