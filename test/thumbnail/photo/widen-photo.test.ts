import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { createMemory } from '../../../src/thumbnail/memory.ts';
import { framePhoto, openPhoto } from '../../../src/thumbnail/photo/finish-photo.ts';
import { cutWidened, wideEnough } from '../../../src/thumbnail/photo/widen-photo.ts';
import { renderThumbnail } from '../../../src/thumbnail/render-thumbnail.ts';
import { checkRequest } from '../../../src/thumbnail/request.ts';
import { hall, requestFor, temporaryFolder } from '../pictures.ts';
import { builtIn, contentOf, draw } from '../templates/bench.ts';

const bar = { shown: { width: 1280, height: 600 }, covered: { left: 0, top: 0.14, right: 0, bottom: 0.05 } };

test('landscape photos, and portrait ones whose players are small, stay as they are', () => {
  for (const [width, height] of [
    [1920, 1080],
    [1440, 1080],
    [3000, 700],
  ] as const) {
    assert.equal(wideEnough(undefined, { photo: { width, height }, ...bar }), width);
  }
  const small = [{ x: 0.4, y: 0.5, width: 0.1, height: 0.1 }];
  assert.equal(wideEnough(small, { photo: { width: 1080, height: 1920 }, ...bar }), 1080);
});

test('a portrait photo becomes wider by whole pixels on both sides, and less than twice as wide', () => {
  const side = fc.integer({ min: 1, max: 5000 });
  const tall = fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }), { nil: undefined });
  fc.assert(
    fc.property(side, side, tall, (width, height, of) => {
      const players = of === undefined ? undefined : [{ x: 0.4, y: 0, width: 0.2, height: of }];
      const wide = wideEnough(players, { photo: { width, height }, ...bar });
      assert.equal((wide - width) % 2, 0);
      assert.ok(wide >= width && wide <= 1.8 * width + 2);
    }),
  );
});

test('the photo itself is untouched in the middle; the sides are darker, in its colours', async () => {
  const { data, info } = await hall(90, 160, [0.5]).raw().toBuffer({ resolveWithObject: true });
  const widened = await cutWidened(
    { data, width: info.width, height: info.height },
    150,
    { x: 0, y: 0, width: 150, height: 160 },
    150,
    160,
  );
  assert.deepEqual([widened.width, widened.height, widened.data.length], [150, 160, 150 * 160 * 3]);
  for (const y of [0, 80, 159]) {
    const row = widened.data.subarray((y * 150 + 30) * 3, (y * 150 + 120) * 3);
    assert.ok(row.equals(data.subarray(y * 90 * 3, (y + 1) * 90 * 3)), `row ${y}`);
  }
  const [red = 0, green = 0, blue = 0] = widened.data.subarray((140 * 150 + 5) * 3);
  assert.ok(green > red && green > blue && green > 60 && green < 130, `floor at the side: ${red}, ${green}, ${blue}`);
});

test('frames of any narrowness are drawn, wherever the players are said to be', async (t) => {
  const folder = await temporaryFolder(t);
  for (const [width, height] of [
    [1, 90],
    [3, 1200],
    [40, 71],
    [601, 997],
  ] as const) {
    const photo = join(folder, `${width}.png`);
    await hall(width, height, []).png().toFile(photo);
    for (const players of [undefined, [{ x: -0.5, y: 0.2, width: 0.2, height: 0.7 }]]) {
      const drawn = await renderThumbnail(requestFor(photo, { template: 'duel', players }));
      assert.deepEqual([drawn.width, drawn.height], [1280, 720]);
    }
  }
});

for (const template of builtIn.templateNames) {
  test(`${template}: a player who stands tall in a portrait frame is shown from head to foot`, async (t) => {
    const photo = join(await temporaryFolder(t), 'portrait.png');
    await hall(1080, 1920, [0.5]).png().toFile(photo);
    const player = { x: 0.4, y: 0.4, width: 0.25, height: 0.28 };
    const teams = [
      ['Nho', 'Vinh'],
      ['Khanh', 'Leo'],
    ];
    const drawing = draw(template, contentOf({ teams }));
    const request = checkRequest(requestFor(photo, { template, players: [player] }));
    const memory = createMemory();
    const { box, finish } = await framePhoto(await openPhoto(request.photo, memory), request, drawing, memory);
    const top = box.y + box.height * drawing.covered.top;
    const bottom = box.y + box.height * (1 - drawing.covered.bottom);
    assert.ok(
      top <= player.y * 1920 && bottom >= (player.y + player.height) * 1920,
      JSON.stringify({ box, top, bottom }),
    );
    const { data } = await finish(200, 100);
    assert.equal(data.length, 200 * 100 * 3);
  });
}
