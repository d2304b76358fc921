import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import { type CropWish, chooseCrop, personsCrop } from '../../../src/thumbnail/photo/choose-crop.ts';
import { readPhoto } from '../../../src/thumbnail/photo/read-photo.ts';
import { findSaliency } from '../../../src/thumbnail/photo/saliency.ts';
import { hall, temporaryFolder } from '../pictures.ts';

const shown = { width: 930, height: 720 };
const covered = { left: 0.07, top: 0, right: 0, bottom: 0 };

async function cropOf(t: TestContext, players: readonly number[], width = 1920, height = 1080) {
  const path = join(await temporaryFolder(t), 'frame.png');
  await hall(width, height, players).png().toFile(path);
  const photo = await readPhoto(path);
  return chooseCrop(findSaliency(photo.overview), { photo, shown, covered });
}

for (const players of [
  [0.2, 0.35],
  [0.5, 0.6],
  [0.7, 0.85],
  [0.3, 0.75],
]) {
  test(`players at ${players.join(' and ')} of the width are in the crop, clear of the panel`, async (t) => {
    const { x, y, width, height } = await cropOf(t, players);
    const arm = 0.34 * 1080 * 0.3;
    for (const player of players) {
      assert.ok(player * 1920 - arm >= x + width * covered.left, 'left of the crop or under the panel');
      assert.ok(player * 1920 + arm <= x + width, 'right of the crop');
    }
    assert.ok(y <= 1080 * 0.38 && y + height >= 1080 * 0.78, 'heads and feet are in');
  });
}

test('players close together are shown larger than players far apart', async (t) => {
  const [near, far] = [await cropOf(t, [0.5, 0.56]), await cropOf(t, [0.25, 0.8])];
  assert.ok(near.width < far.width);
});

test('if nothing stands out the middle is used', async (t) => {
  const { x, width } = await cropOf(t, []);
  assert.ok(Math.abs(x + width / 2 - 960) < 120, `centre ${x + width / 2}`);
});

test('a portrait frame keeps its player upright and in', async (t) => {
  const { x, y, width, height } = await cropOf(t, [0.5], 1080, 1920);
  assert.ok(x <= 540 - 200 && x + width >= 540 + 200, `${x}..${x + width}`);
  assert.ok(y <= 1920 * 0.4 && y + height >= 1920 * 0.7, `${y}..${y + height}`);
});

const photos = fc.record({ width: fc.integer({ min: 1, max: 5000 }), height: fc.integer({ min: 1, max: 5000 }) });
const share = fc.double({ min: 0.02, max: 1, noNaN: true });

test('a crop never leaves the photo', () => {
  fc.assert(
    fc.property(photos, share, share, share, share, (photo, x, y, width, height) => {
      const wish: CropWish = { photo, shown, covered };
      const flat = { width: 32, height: 18, weight: new Float32Array(32 * 18) };
      const wanted = { x: x * (1 - width), y: y * (1 - height), width, height };
      for (const box of [chooseCrop(flat, wish), personsCrop(wanted, wish)]) {
        assert.ok(box.x >= 0 && box.y >= 0 && box.width >= 1 && box.height >= 1);
        assert.ok(box.x + box.width <= photo.width && box.y + box.height <= photo.height);
        assert.ok([box.x, box.y, box.width, box.height].every(Number.isInteger));
      }
    }),
    { numRuns: 60 },
  );
});

test('everything a person chose is in the crop if the photo is large enough', () => {
  const photo = { width: 1920, height: 1080 };
  const box = personsCrop({ x: 0.7, y: 0.2, width: 0.25, height: 0.5 }, { photo, shown, covered });
  assert.ok(box.x <= 0.7 * 1920 && box.x + box.width >= 0.95 * 1920 - 1);
  assert.ok(box.y <= 0.2 * 1080 && box.y + box.height >= 0.7 * 1080 - 1);
  assert.ok(Math.abs(box.width / box.height - shown.width / shown.height) < 0.01);
});
