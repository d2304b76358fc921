import assert from 'node:assert/strict';
import test from 'node:test';
import { gradeAuto } from '../../../src/thumbnail/photo/grade-auto.ts';
import { gradeClassic } from '../../../src/thumbnail/photo/grade-classic.ts';
import type { Pixels } from '../../../src/thumbnail/photo/pixels.ts';
import { hall } from '../pictures.ts';

async function pixels(light: number): Promise<Pixels> {
  const { data, info } = await hall(640, 360, [0.3, 0.6], light).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const mean = ({ data }: Pixels) => data.reduce((sum, value) => sum + value, 0) / data.length;
const clipped = ({ data }: Pixels) => data.filter((value) => value >= 254).length / data.length;

test('a dark hall is brightened without blowing anything out', async () => {
  const dark = await pixels(0.4);
  const graded = gradeAuto(dark);
  assert.ok(mean(graded) > mean(dark) * 1.4, `${mean(dark)} → ${mean(graded)}`);
  assert.ok(clipped(graded) <= clipped(dark) + 0.002);
});

test('a bright hall is left nearly as it is', async () => {
  const bright = await pixels(1);
  const graded = gradeAuto(bright);
  assert.ok(Math.abs(mean(graded) - mean(bright)) < 12, `${mean(bright)} → ${mean(graded)}`);
  assert.ok(clipped(graded) <= clipped(bright) + 0.002);
});

test('lighter stays lighter: the curve never folds', () => {
  const ramp = Buffer.from(Array.from({ length: 256 }, (_, value) => [value, value, value]).flat());
  for (const light of [0.3, 0.6, 1]) {
    const data = Buffer.from(ramp.map((value) => value * light));
    const graded = gradeAuto({ data, width: 256, height: 1 }).data;
    for (let i = 3; i < graded.length; i += 3) assert.ok((graded[i] ?? 0) >= (graded[i - 3] ?? 0), `at ${i / 3}`);
  }
});

test('hues are kept: brightly lit skin turns neither white nor yellow', () => {
  const dim = Array.from({ length: 900 }, () => [40, 42, 45]).flat();
  const skin = Array.from({ length: 100 }, () => [236, 188, 160]).flat();
  const graded = gradeAuto({ data: Buffer.from([...dim, ...skin]), width: 1000, height: 1 }).data.subarray(-3);
  const [red = 0, green = 0, blue = 0] = graded;
  assert.ok(red < 255 && red > green && green > blue, graded.join());
  assert.ok(Math.abs((red - green) / (green - blue) - 48 / 28) < 0.25, graded.join());
});

test('the old look has stronger colours and darker corners', async () => {
  const photo = await pixels(0.8);
  const classic = await gradeClassic(photo);
  const at = ({ data }: Pixels, x: number, y: number) => [...data.subarray((y * 640 + x) * 3, (y * 640 + x) * 3 + 3)];
  const strength = (colour: number[]) => Math.max(...colour) - Math.min(...colour);
  assert.ok(strength(at(classic, 320, 250)) > strength(at(photo, 320, 250)) * 1.3);
  const brightness = (colour: number[]) => Math.max(...colour);
  assert.ok(brightness(at(classic, 2, 2)) < brightness(at(classic, 320, 60)) * 0.8);
});
