import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import { planScan } from '../../src/media/decode/scan-plan.ts';
import { type ScanFrame, type ScanOptions, scanKeyFrames } from '../../src/media/index.ts';
import { editMovie } from '../support/mp4-boxes.ts';
import { numberedFrame, temporaryFolder, writeClip } from './clips.ts';
import { writeBase } from './traits.ts';

async function scan(file: string, options: Partial<ScanOptions> = {}) {
  const frames: ScanFrame[] = [];
  const progress: number[] = [];
  const result = await scanKeyFrames(file, {
    ...options,
    onFrame: (frame) => void frames.push(frame),
    onProgress: (fraction) => void progress.push(fraction),
  });
  const times = frames.map((frame) => frame.time);
  return { result, frames, times, progress };
}

const rounded = (times: number[]) => times.map((time) => Math.round(time * 1000) / 1000);

/** The colour of the mark in a corner. */
function cornerColour({ data, width }: ScanFrame, x: number): string {
  const [red = 0, , blue = 0] = data.subarray((8 * width + x) * 3);
  return red > blue + 60 ? 'red' : blue > red + 60 ? 'blue' : 'neither';
}

suite('scanKeyFrames', { concurrency: 2 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  test('gives every key frame of an ordinary recording in order, scaled', async () => {
    const file = await writeClip(folder.path('usual.mov'), { seconds: 24, fps: 10 });
    const { result, frames, times, progress } = await scan(file, { width: 160 });
    assert.deepEqual(
      rounded(times),
      Array.from({ length: 24 }, (_, second) => second),
    );
    assert.deepEqual(result, { frames: 24, lastTime: times.at(-1) });
    for (const { width, height, data } of frames) {
      assert.deepEqual([width, height, data.length], [160, 90, 160 * 90 * 3]);
    }
    assert.deepEqual(
      progress,
      progress.toSorted((a, b) => a - b),
    );
    assert.equal(progress.at(-1), 1);
  });

  test('keeps to a maximum of frames, evenly spread', async () => {
    const file = await writeClip(folder.path('long.mov'), { seconds: 60, fps: 4, secondsBetweenKeyFrames: 0.5 });
    const { times } = await scan(file, { maximumFrames: 20 });
    assert.equal(times.length, 20);
    const steps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    assert.ok(Math.max(...steps) - Math.min(...steps) <= 0.5, `${steps}`);
  });

  test('looks between the key frames of a short recording', async () => {
    const { times } = await scan(await writeClip(folder.path('short.mov'), { seconds: 4 }));
    assert.deepEqual(
      rounded(times),
      Array.from({ length: 20 }, (_, i) => Math.round(i * 200) / 1000),
    );
  });

  test('gives a frame a second for a recording with a single key frame', async () => {
    const file = await writeClip(folder.path('single.mov'), { seconds: 30, fps: 10, secondsBetweenKeyFrames: 1000 });
    const { times } = await scan(file);
    assert.deepEqual(
      rounded(times),
      Array.from({ length: 30 }, (_, second) => second),
    );
  });

  test('fills a long stretch between key frames, and leaves the rest alone', () => {
    assert.deepEqual(planScan(240, 20, 1800), { spacing: 0.8, fillSpacing: 1, longestGap: 12 });
    assert.equal(planScan(240, 5, 1800).longestGap, 1.5);
    assert.equal(planScan(3 * 3600, 20, 1800).spacing, 6);
    assert.equal(planScan(600, 20, 1800).spacing, 1.9);
  });

  test('makes turned recordings upright', async () => {
    for (const rotation of [90, 180, 270] as const) {
      const file = await writeClip(folder.path(`turned-${rotation}.mov`), { seconds: 1, rotation });
      const { frames } = await scan(file);
      const first = frames[0] as ScanFrame;
      assert.deepEqual([first.width, first.height], [320, 180], `${rotation}`);
      assert.deepEqual([cornerColour(first, 8), cornerColour(first, 311)], ['red', 'blue'], `${rotation}`);
    }
  });

  test('makes a portrait recording as wide as requested', async () => {
    const size = { width: 360, height: 640 };
    const file = await writeClip(folder.path('portrait.mov'), {
      ...size,
      seconds: 1,
      rotation: 90,
      draw: (number) => numberedFrame(number, size),
    });
    const { frames } = await scan(file, { width: 90 });
    assert.deepEqual([frames[0]?.width, frames[0]?.height], [90, 160]);
  });

  test('gives what can be read of a recording that was cut off', async () => {
    const whole = await readFile(await writeClip(folder.path('whole.mov'), { seconds: 30, fps: 10, indexFirst: true }));
    const file = folder.path('cut.mov');
    await writeFile(file, whole.subarray(0, whole.length / 2));
    const { result } = await scan(file);
    assert.ok(result.lastTime > 5 && result.lastTime < 25, `${result.lastTime}`);
  });

  test('misses nothing where one part of an edit list follows another', async () => {
    const base = await writeBase(folder.path('base.mov'), 'HEVC, open groups');
    const parts = [
      { from: 0.5, for: 1.2 },
      { from: 2.4, for: 1.3 },
    ];
    const file = folder.path('parts.mov');
    await writeFile(
      file,
      editMovie(await readFile(base), (track) => track.edit(parts)),
    );
    const { result, times } = await scan(file);
    assert.equal(result.damaged, undefined);
    assert.ok(times.length >= 15, `${rounded(times)}`);
  });

  test('ends when aborted', async () => {
    const file = await writeClip(folder.path('aborted.mov'), { seconds: 24, fps: 10 });
    const controller = new AbortController();
    const options = { signal: controller.signal, onFrame: () => controller.abort() };
    await assert.rejects(scanKeyFrames(file, options), { name: 'AbortError' });
  });
});
