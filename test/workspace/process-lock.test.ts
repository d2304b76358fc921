import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { tryLock } from '../../src/workspace/process-lock.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { startNode } from '../support/node-process.ts';

const holder = new URL('./lock-holder.ts', import.meta.url);

describe('tryLock', () => {
  it('refuses a second taker in this process until the first has released', async (t) => {
    const file = path.join(await temporaryFolder(t), 'a', 'lock');
    const release = tryLock(file);
    assert.ok(release);
    assert.equal(tryLock(file), undefined);
    release();
    const again = tryLock(file);
    assert.ok(again);
    again();
  });

  it('refuses another process, and is free immediately after its holder is killed', async (t) => {
    const file = path.join(await temporaryFolder(t), 'lock');
    const first = startNode(t, holder, file);
    assert.equal(await first.line(), 'held');
    assert.equal(tryLock(file), undefined, 'this process is refused');
    assert.equal(await startNode(t, holder, file).line(), 'refused');

    first.child.kill('SIGKILL');
    await first.ended;
    const release = tryLock(file);
    assert.ok(release, 'no trace of the killed holder is in the way');
    release();
  });

  it('throws when the place cannot hold a lock', async (t) => {
    const folder = await temporaryFolder(t);
    assert.throws(() => tryLock(folder), /unable to open database file/);
  });
});
