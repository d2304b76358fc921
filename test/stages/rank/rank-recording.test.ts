import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { drawSampleMatch } from '../../../src/sample-match/index.ts';
import { planMatch } from '../../../src/sample-match/match-plan.ts';
import { prepareMatch } from '../../../src/sample-match/scene.ts';
import { type RankOptions, rankRecording } from '../../../src/stages/rank/rank-recording.ts';
import { temporaryFolder, writeClip } from '../../media/clips.ts';

const signal = new AbortController().signal;
const rank = (file: string, count: number, options: Partial<RankOptions> = {}) =>
  rankRecording(file, count, { signal, report: () => {}, ...options });

const size = { width: 320, height: 180 };

/** A frame of random blocks, moved sideways; the same blocks every time. */
function blocks(offset: number, brightness = 1): Uint8Array {
  const data = new Uint8Array(size.width * size.height * 3);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const [column, row] = [Math.floor((x + offset) / 24), Math.floor(y / 24)];
      const value = (((column * 7919 + row * 104729) % 211) + 30) * brightness;
      data.fill(value, (y * size.width + x) * 3, (y * size.width + x) * 3 + 3);
    }
  }
  return data;
}

/** White strokes, like large letters, in the upper part of a picture. */
function burnTitle(picture: Uint8Array, width: number): void {
  for (let y = 30; y < 80; y++) {
    for (let x = 60; x < width - 60; x++)
      if (x % 18 < 9) picture.fill(255, (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
}

describe('ranking a recording', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let match = '';
  /** The pause of the drawn match and the passer-by in it: its planner's shares of the 16 seconds. */
  const pause = { start: 0.42 * 16, end: 0.6 * 16 };
  before(async () => {
    folder = await temporaryFolder();
    match = folder.path('match.mov');
    await drawSampleMatch(match, { seconds: 16, width: 640, height: 360, fps: 10 });
  });
  after(() => folder.remove());

  it('finds rallies by the postures of drawn players, and never the passer-by', async () => {
    const ranked = await rank(match, 4);
    const { moments, notes, rejected, activity } = ranked;
    assert.deepEqual(notes, []);
    assert.ok(rejected.length > 0);
    const covered = rejected.filter(({ reason }) => reason === 'in front');
    assert.ok(covered.length > 0);
    for (const { time } of covered) assert.ok(time > pause.start && time < pause.end, `${time} s`);
    for (const { parts } of moments) {
      const { activity = -1, players = 0, posture = -1, sharpness, occlusion } = parts;
      for (const part of [activity, posture, sharpness, occlusion]) assert.ok(part >= 0 && part <= 1, `${part}`);
      assert.ok(players >= 1 && players <= 4);
    }
    assert.equal(activity.curve.length, 16);
    for (const { time } of moments) assert.ok(time < pause.start || time > pause.end, `${time} s`);
    assert.deepEqual(await rank(match, 4), ranked, 'the same every time');
  });

  it('never picks a burned-in title while there is a frame without one', async () => {
    const [width, height, fps, seconds] = [640, 360, 5, 18];
    const draw = prepareMatch(width, height, planMatch(seconds, 3), 3);
    const titled = { from: 4, to: 6 };
    const file = folder.path('titled.mov');
    await writeClip(file, {
      ...{ width, height, fps, seconds },
      draw(number) {
        const picture = Uint8Array.from(draw(number / fps));
        if (number / fps >= titled.from && number / fps < titled.to) burnTitle(picture, width);
        return picture;
      },
    });
    for (const withoutPose of [false, true]) {
      const { moments, rejected } = await rank(file, 12, { withoutPose });
      assert.equal(moments.length, 12);
      for (const { time } of moments) assert.ok(time < titled.from || time >= titled.to, `${time} s has the title`);
      const titles = rejected.filter(({ reason }) => reason === 'title').map(({ time }) => time);
      assert.deepEqual(titles, [4, 5]);
      const gaps = moments.map(({ time }) => time).sort((a, b) => a - b);
      for (const [nth, time] of gaps.entries()) assert.ok(nth === 0 || time - (gaps[nth - 1] ?? 0) >= 0.9);
    }
  });

  it('finds the two rallies of a drawn match, and says which one a moment belongs to', async () => {
    const seconds = 90;
    const file = folder.path('rallies.mov');
    await drawSampleMatch(file, { seconds, ...size, fps: 2 });
    const { activity, moments } = await rank(file, 5, { withoutPose: true });
    const [first, second, ...others] = activity.rallies;
    assert.ok(first && second && others.length === 0 && !activity.none);
    const near = (value: number, part: number) => assert.ok(Math.abs(value - part * seconds) < 6, `${value} s`);
    near(first.start, 0.01);
    near(first.end, 0.4);
    near(second.start, 0.6);
    near(second.end, 0.98);
    for (const { time, parts } of moments) {
      const rally = activity.rallies.findIndex(({ start, end }) => time > start - 0.001 && time < end + 0.001) + 1;
      assert.equal(parts.rally, rally || undefined);
    }
    assert.ok(moments.some(({ parts }) => parts.rally !== undefined));
  });

  it('continues by movement when the pose process dies or hangs, and says so', async () => {
    const troubles = [
      [{ poseLimits: { memoryLimitBytes: 1e6 } }, /pose process used .* MB/],
      [{ poseLimits: { stallTimeoutMs: 40 } }, /pose process hung/],
      [{ withoutPose: true }, /switched off/],
    ] as const;
    for (const [options, expected] of troubles) {
      const { moments, notes } = await rank(match, 4, options);
      assert.equal(moments.length, 4);
      assert.match(notes.join(' '), expected);
      assert.match(notes.join(' '), /ranked by movement alone/);
      const passer = moments.filter(({ time }) => time > 0.46 * 16 && time < 0.59 * 16);
      assert.deepEqual(passer, []);
    }
  });

  it('notices a camera that moves', async () => {
    const file = folder.path('moving.mov');
    await writeClip(file, { seconds: 6, fps: 10, draw: (number) => blocks((number * 37) % 1000) });
    const { moments, notes } = await rank(file, 3, { withoutPose: true });
    assert.equal(moments.length, 3);
    assert.match(notes.join(' '), /camera moves/);
  });

  it('gives frames from a dark or empty recording, and says that they are poor', async () => {
    for (const [name, brightness, expected] of [
      ['dark.mov', 0.05, /very dark/],
      ['empty.mov', 1, /Hardly anything moves/],
    ] as const) {
      const file = folder.path(name);
      await writeClip(file, { seconds: 3, fps: 10, draw: () => blocks(0, brightness) });
      for (const withoutPose of [true, false]) {
        const { moments, notes } = await rank(file, 5, { withoutPose });
        assert.equal(moments.length, 5);
        assert.equal(new Set(moments.map(({ time }) => time)).size, 5);
        assert.match(notes.join(' '), expected);
        assert.match(notes.join(' '), withoutPose ? /switched off/ : /Hardly any player was recognised/);
      }
    }
  });
});
