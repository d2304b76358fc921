import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openStore } from '../../src/workspace/store.ts';
import { temporaryFolder } from '../support/clean-up.ts';

describe('claims', () => {
  it('change hands only from the owner that was expected', async (t) => {
    const folder = await temporaryFolder(t);
    const [here, there] = [openStore(folder), openStore(folder)];
    assert.equal(here.claims.owner('video-1'), undefined);
    assert.equal(here.claims.replace('video-1', undefined, 'first'), true);
    assert.equal(there.claims.replace('video-1', undefined, 'second'), false, 'another process was quicker');
    assert.equal(there.claims.owner('video-1'), 'first');
    assert.equal(there.claims.replace('video-1', 'first', 'second'), true);
    assert.equal(here.claims.replace('video-1', 'first', 'third'), false);
    assert.equal(here.claims.owner('video-1'), 'second');
    assert.equal(here.claims.owner('video-2'), undefined);
    here.close();
    there.close();
  });
});
