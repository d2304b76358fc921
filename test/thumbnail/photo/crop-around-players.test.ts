import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { CropWish } from '../../../src/thumbnail/photo/choose-crop.ts';
import { cropAroundPlayers } from '../../../src/thumbnail/photo/crop-around-players.ts';
import type { PixelBox } from '../../../src/thumbnail/photo/read-photo.ts';
import type { Box } from '../../../src/thumbnail/templates/template.ts';

const sidebar = { shown: { width: 934, height: 720 }, covered: { left: 0.07, top: 0, right: 0, bottom: 0 } };
const bar = { shown: { width: 1280, height: 720 }, covered: { left: 0, top: 0, right: 0, bottom: 0.18 } };
const photo = { width: 1920, height: 1080 };

const player = (middle: number, top: number, height: number): Box => ({
  x: middle - height * 0.14,
  y: top,
  width: height * 0.28,
  height,
});

function cropOf(players: readonly Box[], wish: CropWish): PixelBox {
  const crop = cropAroundPlayers(players, wish);
  assert.ok(crop);
  return crop;
}

/** How a player relates to the visible part of the crop. */
function seen({ x, y, width, height }: Box, crop: PixelBox, { photo, covered }: CropWish): 'whole' | 'cut' | 'out' {
  const left = crop.x + crop.width * covered.left - 1;
  const right = crop.x + crop.width * (1 - covered.right) + 1;
  const top = crop.y + crop.height * covered.top - 1;
  const bottom = crop.y + crop.height * (1 - covered.bottom) + 1;
  const [from, to] = [x * photo.width, (x + width) * photo.width];
  const [head, feet] = [y * photo.height, (y + height) * photo.height];
  if (from >= left && to <= right && head >= top && feet <= bottom) return 'whole';
  return to <= left || from >= right || feet <= top || head >= bottom ? 'out' : 'cut';
}

for (const [name, design] of Object.entries({ sidebar, bar })) {
  const wish = { photo, ...design };

  test(`${name}: the two nearest are whole, with room for a racket on each side and above`, () => {
    const placed = fc.record({
      middle: fc.double({ min: 0.2, max: 0.75, noNaN: true }),
      apart: fc.double({ min: 0, max: 0.25, noNaN: true }),
      top: fc.double({ min: 0.2, max: 0.4, noNaN: true }),
      height: fc.double({ min: 0.15, max: 0.42, noNaN: true }),
      others: fc.array(
        fc.record({
          middle: fc.double({ min: 0.03, max: 0.97, noNaN: true }),
          top: fc.double({ min: 0.3, max: 0.5, noNaN: true }),
        }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(placed, ({ middle, apart, top, height, others }) => {
        const near = [player(middle, top, height), player(middle + apart, top + 0.02, height * 0.92)];
        const far = others.map((other) => player(other.middle, other.top, height * 0.4));
        const crop = cropOf([...far, ...near], wish);
        for (const { x, y, width, height } of near) {
          const arm = 0.2 * height * (photo.height / photo.width);
          const withArms = {
            x: Math.max(0, x - arm),
            y: y - 0.1 * height,
            width: width + 2 * arm,
            height: height * 1.1,
          };
          const inPhoto = { ...withArms, width: Math.min(withArms.width, 1 - withArms.x) };
          assert.equal(seen(inPhoto, crop, wish), 'whole', JSON.stringify({ crop, x, y, width, height }));
        }
      }),
      { numRuns: 200 },
    );
  });

  test(`${name}: players close to each other are shown larger`, () => {
    const near = cropOf([player(0.5, 0.4, 0.3), player(0.58, 0.4, 0.3)], wish);
    const far = cropOf([player(0.25, 0.4, 0.3), player(0.7, 0.4, 0.3)], wish);
    assert.ok(near.width < far.width, `${near.width} of ${far.width}`);
  });
}

test('heads are not hidden behind the design, where the photo allows', () => {
  const hidden = { x: 0, y: 0, width: 0.45, height: 0.27 };
  const whole = { shown: { width: 1280, height: 720 }, covered: { left: 0, top: 0, right: 0, bottom: 0 } };
  const place = fc.record({
    middle: fc.double({ min: 0.3, max: 0.6, noNaN: true }),
    top: fc.double({ min: 0.3, max: 0.4, noNaN: true }),
    height: fc.double({ min: 0.25, max: 0.45, noNaN: true }),
  });
  fc.assert(
    fc.property(place, ({ middle, top, height }) => {
      const near = [player(middle, top, height), player(middle + 0.15, top + 0.03, height * 0.9)];
      const crop = cropOf(near, { photo, ...whole, hidden: [hidden] });
      for (const { x, y, width, height } of near) {
        const head = { x: x + width / 3, y, width: width / 3, height: height / 7 };
        const left = (head.x * photo.width - crop.x) / crop.width;
        const top = (head.y * photo.height - crop.y) / crop.height;
        assert.ok(left >= hidden.width || top >= hidden.height, JSON.stringify({ crop, head, left, top }));
      }
    }),
    { numRuns: 100 },
  );
});

test('a third player at the edge is in or out, not cut off', () => {
  const wish = { photo, ...sidebar };
  for (const at of [0.08, 0.12, 0.16, 0.2, 0.24, 0.28]) {
    const third = player(at, 0.4, 0.2);
    const crop = cropOf([player(0.5, 0.35, 0.4), player(0.65, 0.38, 0.36), third], wish);
    assert.notEqual(seen(third, crop, wish), 'cut', `at ${at}`);
  }
});

test('a player larger than the picture keeps the head', () => {
  const wish = { photo, ...bar };
  const { y } = cropOf([{ x: 0.3, y: 0.1, width: 0.4, height: 0.9 }], wish);
  assert.ok(y <= 0.1 * photo.height, `${y}`);
});

test('portrait frames keep their player too', () => {
  const tall = { photo: { width: 1080, height: 1920 }, ...sidebar };
  const one = player(0.5, 0.45, 0.2);
  assert.equal(seen(one, cropOf([one], tall), tall), 'whole');
});

test('without players there is no crop', () => {
  assert.equal(cropAroundPlayers([], { photo, ...sidebar }), undefined);
  assert.equal(cropAroundPlayers([{ x: 0.5, y: 0.5, width: 0, height: 0 }], { photo, ...sidebar }), undefined);
});

test('whatever the boxes, the crop is in the photo and has the shown proportions', () => {
  const side = fc.integer({ min: 20, max: 5000 });
  const number = fc.double({ min: -0.5, max: 1.5, noNaN: true });
  const box = fc.record({ x: number, y: number, width: number, height: number });
  fc.assert(
    fc.property(side, side, fc.array(box, { minLength: 1, maxLength: 6 }), (width, height, boxes) => {
      const crop = cropAroundPlayers(boxes, { photo: { width, height }, ...sidebar });
      if (!crop) return;
      assert.ok(crop.x >= 0 && crop.y >= 0 && crop.x + crop.width <= width && crop.y + crop.height <= height);
      const off = crop.width - (crop.height * 934) / 720;
      assert.ok(Math.abs(off) <= 1.2, `${crop.width}×${crop.height}`);
    }),
    { numRuns: 60 },
  );
});
