import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { z } from 'zod';
import type { RecordKind } from '../../src/workspace/record.ts';
import { openWorkspace } from '../../src/workspace/workspace.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { stageError } from '../support/stage-bench.ts';

const plain: RecordKind<{ title: string; count: number }> = {
  file: 'plain.json',
  schema: z.object({ title: z.string(), count: z.number() }),
  upgrades: [],
};
const secret: RecordKind<{ url: string }> = {
  file: 'secret.json',
  schema: z.object({ url: z.string() }),
  secret: true,
  upgrades: [],
};

async function openFree(t: TestContext) {
  return openWorkspace(await temporaryFolder(t), 'video-0123456789abcdef', (write) => write());
}

describe('a workspace', () => {
  it('returns a record as it was written, and nothing if there is none', async (t) => {
    const workspace = await openFree(t);
    assert.equal(workspace.read(plain), undefined);
    workspace.write(plain, { title: 'Nguyễn Đức <&> "x"', count: 3 });
    assert.deepEqual(workspace.read(plain), { title: 'Nguyễn Đức <&> "x"', count: 3 });
    workspace.remove(plain);
    workspace.remove(plain);
    assert.equal(workspace.read(plain), undefined);
  });

  it('keeps a secret record for its owner, from the first moment and after a rewrite', async (t) => {
    const workspace = await openFree(t);
    for (const url of ['first', 'second']) {
      workspace.write(secret, { url });
      assert.equal(statSync(workspace.path('secret.json')).mode & 0o777, 0o600);
    }
    workspace.write(plain, { title: 'x', count: 1 });
    assert.equal(statSync(workspace.path('plain.json')).mode & 0o044, 0o044);
  });

  const damage: Record<string, (file: string) => void> = {
    'cut off': (file) => truncateSync(file, 10),
    empty: (file) => truncateSync(file, 0),
    'not JSON': (file) => writeFileSync(file, 'hello'),
    'of another shape': (file) => writeFileSync(file, '{"title":"x"}'),
    'of wrong types': (file) => writeFileSync(file, '{"title":"x","count":"3"}'),
  };
  for (const [name, harm] of Object.entries(damage)) {
    it(`refuses a record that is ${name}, and names the file`, async (t) => {
      const workspace = await openFree(t);
      workspace.write(plain, { title: 'x', count: 1 });
      harm(workspace.path('plain.json'));
      assert.throws(() => workspace.read(plain), stageError('RECORD_INVALID', /\/plain\.json is damaged/));
      workspace.write(plain, { title: 'again', count: 2 });
      assert.equal(workspace.read(plain)?.title, 'again');
    });
  }

  it('writes, removes and adopts nothing when its guard refuses', async (t) => {
    const root = await temporaryFolder(t);
    openWorkspace(root, 'video-1', (write) => write()).write(plain, { title: 'kept', count: 1 });
    const refused = openWorkspace(root, 'video-1', () => {
      throw new Error('superseded');
    });
    const draft = refused.path('draft');
    writeFileSync(draft, 'drawn');
    assert.throws(() => refused.write(plain, { title: 'new', count: 2 }), /superseded/);
    assert.throws(() => refused.remove(plain), /superseded/);
    assert.throws(() => refused.adopt(draft, refused.path('picture')), /superseded/);
    assert.equal(refused.read(plain)?.title, 'kept');
    assert.ok(!existsSync(refused.path('picture')));
    assert.equal(readFileSync(draft, 'utf8'), 'drawn');
  });
});
