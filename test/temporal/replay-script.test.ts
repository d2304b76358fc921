import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/clean-up.ts';

const script = fileURLToPath(new URL('../../scripts/replay-history.ts', import.meta.url));
const recorded = fileURLToPath(new URL('./histories/chosen-by-a-person.json', import.meta.url));
const replay = (...files: string[]) => spawnSync(process.execPath, [script, ...files], { encoding: 'utf8' });

describe('node scripts/replay-history.ts', () => {
  it('names the histories that the workflow would no longer follow', async (t) => {
    const changed = path.join(await temporaryFolder(t), 'changed.json');
    const text = readFileSync(recorded, 'utf8');
    writeFileSync(changed, text.replace('"name": "rankThumbnailsActivity"', '"name": "anotherActivity"'));
    const { status, stdout } = replay(recorded, changed);
    assert.equal(status, 1);
    assert.match(stdout, /^ok {4}.*chosen-by-a-person\.json$/m);
    assert.match(stdout, /^WRONG .*changed\.json\n.*TMPRL1100/m);
  });

  it('succeeds if all of them are followed', () => assert.equal(replay(recorded).status, 0));

  it('explains its usage', () => {
    const { status, stderr } = replay();
    assert.equal(status, 2);
    assert.match(stderr, /Usage:/);
  });
});
