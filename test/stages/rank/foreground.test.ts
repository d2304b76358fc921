import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { foregroundOf } from '../../../src/stages/rank/foreground.ts';
import { background, court, look } from './drawn-looks.ts';

const pixels = court.width * court.height;
const near = (value: number | undefined, wanted: number) =>
  assert.ok(value !== undefined && Math.abs(value - wanted) < 1e-9, `${value}, not ${wanted}`);

describe('foregroundOf', () => {
  it('finds nothing on an empty court', () => {
    const { share, blobs, sharpness, mask } = foregroundOf(look(0), background());
    assert.deepEqual({ share, blobs, sharpness }, { share: 0, blobs: [], sharpness: 0 });
    assert.ok(mask.every((value) => value === 0));
  });

  it('measures each player separately, and their detail together', () => {
    const found = foregroundOf(
      look(
        0,
        { x: 10, y: 10, width: 10, height: 20, detail: 40 },
        { x: 50, y: 10, width: 10, height: 40, detail: 100 },
      ),
      background(),
    );
    near(found.share, 600 / pixels);
    near(found.blobs[0]?.area, 400 / pixels);
    near(found.sharpness, (200 * 40 + 400 * 100) / 600);
  });

  it('treats what touches as one thing, and the two edges of the picture as far apart', () => {
    const touching = foregroundOf(
      look(0, { x: 10, y: 10, width: 10, height: 10 }, { x: 15, y: 20, width: 10, height: 10 }),
      background(),
    );
    near(touching.blobs[0]?.area, 200 / pixels);
    for (const lower of [-3, 3]) {
      const apart = foregroundOf(
        look(0, { x: 95, y: 10, width: 5, height: 10 }, { x: 0, y: 10 + lower, width: 5, height: 10 }),
        background(),
      );
      near(apart.blobs[0]?.area, 50 / pixels);
      near(apart.share, 100 / pixels);
    }
  });

  it('ignores specks and faint differences, but not a dark player', () => {
    const specks = Array.from({ length: 30 }, (_, index) => ({
      x: index * 3,
      y: (index % 10) * 5,
      width: 1,
      height: 2,
    }));
    assert.equal(foregroundOf(look(0, ...specks), background()).share, 0);
    const faint = { x: 10, y: 10, width: 20, height: 20, luma: court.luma + 15 };
    assert.equal(foregroundOf(look(0, faint), background()).share, 0);
    const dark = { x: 10, y: 10, width: 20, height: 20, luma: 10 };
    near(foregroundOf(look(0, dark), background()).share, 400 / pixels);
  });

  it('finds any one rectangle with exactly its share, up to the whole picture', () => {
    const blob = fc
      .record({
        x: fc.integer({ min: 0, max: court.width - 3 }),
        y: fc.integer({ min: 0, max: court.height - 3 }),
        width: fc.integer({ min: 3, max: court.width }),
        height: fc.integer({ min: 3, max: court.height }),
      })
      .map((box) => ({
        ...box,
        width: Math.min(box.width, court.width - box.x),
        height: Math.min(box.height, court.height - box.y),
      }));
    fc.assert(
      fc.property(blob, (box) => {
        const found = foregroundOf(look(0, box), background());
        near(found.share, (box.width * box.height) / pixels);
        near(found.blobs[0]?.area, found.share);
        near(found.sharpness, 60);
        near(found.blobs[0]?.x, box.x / court.width);
        near(found.blobs[0]?.y, box.y / court.height);
        near(found.blobs[0]?.width, box.width / court.width);
        near(found.blobs[0]?.height, box.height / court.height);
        assert.equal(
          found.mask.reduce((sum, value) => sum + value, 0),
          box.width * box.height,
        );
      }),
    );
  });
});
