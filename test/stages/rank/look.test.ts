import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lookAt } from '../../../src/stages/rank/look.ts';

function frame(width: number, height: number, colour: (x: number, y: number) => readonly [number, number, number]) {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 3);
  }
  return { time: 1.5, width, height, data };
}

describe('lookAt', () => {
  it('halves the picture, even one of odd size', () => {
    const { time, width, height, luma, detail } = lookAt(frame(321, 181, () => [200, 200, 200]));
    assert.deepEqual([time, width, height], [1.5, 160, 90]);
    assert.equal(luma.length, 160 * 90);
    assert.ok(luma.every((value) => value === 200 || value === 199));
    assert.ok(detail.every((value) => value === 0));
  });

  it('weighs colours as the eye does', () => {
    const lumaOf = (...colour: [number, number, number]) => lookAt(frame(2, 2, () => colour)).luma[0] ?? 0;
    assert.ok(lumaOf(0, 255, 0) > lumaOf(255, 0, 0) && lumaOf(255, 0, 0) > lumaOf(0, 0, 255));
  });

  it('sees more detail in a sharp edge than in a soft one', () => {
    const edge = (width: number) =>
      lookAt(
        frame(64, 64, (x, y) => {
          const value = Math.min(255, Math.max(0, ((x + y - 63) / width) * 255));
          return [value, value, value];
        }),
      ).detail;
    assert.ok(Math.max(...edge(1)) > 2 * Math.max(...edge(16)));
  });
});
