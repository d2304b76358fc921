import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { probe, scanKeyFrames } from '../../src/media/index.ts';
import { drawSampleMatch, type SampleOptions } from '../../src/sample-match/index.ts';
import { temporaryFolder } from '../media/clips.ts';

const small: SampleOptions = { width: 320, height: 180, seconds: 4 };

suite('drawSampleMatch', { concurrency: 2 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  const drawn = async (name: string, options: SampleOptions = {}) => {
    const file = folder.path(name);
    await drawSampleMatch(file, { ...small, ...options });
    return file;
  };
  const hash = async (file: string) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');

  test("makes a recording like a phone's", async () => {
    const progress: number[] = [];
    const info = await probe(
      await drawn('phone.mov', { rotation: 90, onProgress: (fraction) => void progress.push(fraction) }),
    );
    assert.deepEqual(
      [info.width, info.height, info.rotation, info.codec, info.hasAudio, info.quickTimeDate],
      [320, 180, 90, 'h264', true, '2024-12-15T19:05:00+0700'],
    );
    assert.ok(Math.abs(info.durationSeconds - 4) < 0.05);
    assert.equal(progress.at(-1), 1);
  });

  test('is the same for the same seed, and different for another', async () => {
    const [one, again, other] = await Promise.all([drawn('1.mov'), drawn('1b.mov'), drawn('2.mov', { seed: 2 })]);
    assert.equal(await hash(one), await hash(again));
    assert.notEqual(await hash(one), await hash(other));
  });

  test('moves in rallies, and is covered by a passer-by in the pause', async () => {
    const frames: { time: number; data: Uint8Array }[] = [];
    const file = await drawn('moving.mov', { seconds: 8 });
    await scanKeyFrames(file, { onFrame: (frame) => void frames.push(frame) });
    const dark = ({ data }: { data: Uint8Array }) => data.filter((value) => value < 60).length / data.length;
    const covered = frames.filter(({ time }) => time > 3.9 && time < 4.5).map(dark);
    const open = frames.filter(({ time }) => time < 3.4).map(dark);
    assert.ok(Math.max(...covered) > Math.max(...open) + 0.1, `${covered} against ${open}`);
    for (const [i, frame] of frames.slice(1, 6).entries()) {
      const changed = frame.data.filter((value, at) => Math.abs(value - (frames[i]?.data[at] ?? 0)) > 40).length;
      assert.ok(changed / frame.data.length > 0.003, `nobody moves before ${frame.time}`);
    }
  });

  test('leaves nothing behind when aborted', async () => {
    const file = folder.path('aborted.mov');
    const controller = new AbortController();
    const options = { ...small, seconds: 60, signal: controller.signal, onProgress: () => controller.abort() };
    await assert.rejects(drawSampleMatch(file, options), { name: 'AbortError' });
    const left = (await readdir(dirname(file))).filter((name) => name.startsWith('aborted'));
    assert.deepEqual(left, []);
  });
});
