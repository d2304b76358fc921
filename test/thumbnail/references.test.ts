import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';
import { temporaryFolder } from './pictures.ts';
import { drawReference, referenceFolder, references } from './references.ts';

/** Share of the pixels that may differ: machines round differently at the edges of letters. */
const tolerated = 0.001;
const remedy = 'Look at it. If it is meant to be so: node scripts/update-references.ts';

async function pixelsOf(jpeg: Buffer) {
  const { data, info } = await sharp(jpeg).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function difference(a: Buffer, b: Buffer): Promise<number> {
  const [first, second] = [await pixelsOf(a), await pixelsOf(b)];
  assert.deepEqual([first.width, first.height], [second.width, second.height]);
  const { width, height } = first;
  return pixelmatch(first.data, second.data, undefined, width, height, { threshold: 0.1 }) / (width * height);
}

for (const reference of references) {
  test(`"${reference.name}" looks as it did`, async (t) => {
    const kept = await readFile(join(referenceFolder, `${reference.name}.jpg`));
    const share = await difference(kept, await drawReference(reference, await temporaryFolder(t)));
    assert.ok(share <= tolerated, `${(share * 100).toFixed(2)} % of its pixels differ. ${remedy}`);
  });
}

test('every stored picture is compared, and a change in one name would be noticed', async (t) => {
  const files = references.map(({ name }) => `${name}.jpg`);
  assert.deepEqual((await readdir(referenceFolder)).sort(), files.sort());
  const [first] = references;
  assert.ok(first);
  const match = {
    matchType: 'md',
    teams: [
      ['Nho', 'Vinh'],
      ['Khanh', 'Lea'],
    ],
    tournament: 'Cafe Game',
  } as const;
  const changed = await drawReference({ ...first, changes: { ...first.changes, match } }, await temporaryFolder(t));
  assert.ok((await difference(await readFile(join(referenceFolder, `${first.name}.jpg`)), changed)) > tolerated);
});
