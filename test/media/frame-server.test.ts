import assert from 'node:assert/strict';
import { copyFile, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import fc from 'fast-check';
import sharp from 'sharp';
import { extractFrames, type FrameServer, openFrameServer, type ServedFrame } from '../../src/media/index.ts';
import { clipSize, numberedFrame, shownNumber, temporaryFolder, writeClip } from './clips.ts';

const width = clipSize.width;
const exact = (time: number) => ({ time, width, precision: 'exact' }) as const;
const key = (time: number) => ({ time, width, precision: 'key' }) as const;
const near = (time: number, expected: number) =>
  assert.ok(Math.abs(time - expected) < 1e-6, `${time}, not ${expected}`);

const numberOf = ({ jpeg }: ServedFrame) => shownNumber(jpeg);

suite('frame server', { concurrency: 2 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: FrameServer;
  let clip: string;
  before(async () => {
    folder = await temporaryFolder();
    server = openFrameServer();
    clip = await writeClip(folder.path('clip.mov'), { seconds: 6, secondsBetweenKeyFrames: 2 });
  });
  after(async () => {
    await server.close();
    await folder.remove();
  });

  test('gives the same frames as extractFrames', async () => {
    const times = [3.05, 3.1, 0, 5.99, 2, 1.999, 4.4321, 6.5];
    const requests = times.map((time, i) => ({ time, file: folder.path(`same-${i}.jpg`) }));
    const extracted = await extractFrames(clip, requests);
    for (const [i, time] of times.entries()) {
      const frame = await server.frame(clip, exact(time));
      assert.equal(frame.time, extracted[i]?.time, `at ${time}`);
      assert.deepEqual([frame.width, frame.height], [clipSize.width, clipSize.height]);
      assert.equal(frame.isKeyFrame, Math.round(frame.time * 30) % 60 === 0);
      assert.ok((await difference(frame.jpeg, folder.path(`same-${i}.jpg`))) < 6, `at ${time}`);
    }
  });

  test('gives the nearest key frame, and says so', async () => {
    for (const [time, expected] of [
      [0.9, 0],
      [1.1, 2],
      [2, 2],
      [2.9, 2],
      [5.9, 4],
    ] as const) {
      const frame = await server.frame(clip, key(time));
      near(frame.time, expected);
      assert.ok(frame.isKeyFrame);
      assert.equal(await numberOf(frame), expected * 30);
    }
  });

  test('steps over every frame of a variable frame rate once, forwards and backwards', async () => {
    const file = await writeClip(folder.path('variable.mov'), {
      seconds: 5,
      moments: (number) => [1, 3, 1, 8, 2][number % 5] ?? 1,
    });
    const forwards: number[] = [];
    let frame = await server.frame(file, exact(0));
    assert.equal(frame.previousTime, undefined);
    for (;;) {
      forwards.push(await numberOf(frame));
      if (frame.nextTime === undefined) break;
      frame = await server.frame(file, exact(frame.nextTime));
    }
    assert.deepEqual(
      forwards,
      Array.from({ length: forwards.length }, (_, i) => i),
    );
    assert.ok(forwards.length > 40, `${forwards.length}`);
    // Another width, so that nothing is cached yet.
    const backwards: number[] = [];
    for (let time: number | undefined = frame.time; time !== undefined; time = frame.previousTime) {
      frame = await server.frame(file, { ...exact(time), width: width + 2 });
      backwards.push(await numberOf(frame));
    }
    assert.deepEqual(backwards, forwards.toReversed());
  });

  test('finds the right frame wherever it jumps, however long frames are shown', async () => {
    const moments = (number: number) => [1, 1, 2, 1, 40, 1, 1, 1, 9, 1, 1][number % 11] ?? 1;
    const file = await writeClip(folder.path('uneven.mov'), { seconds: 20, secondsBetweenKeyFrames: 1000, moments });
    const starts: number[] = [];
    for (let [number, at] = [0, 0]; at < 600; at += moments(number++)) starts.push(at);
    const moment = fc.integer({ min: 0, max: 599 });
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 2, maxLength: 8 }), async (order) => {
        for (const at of order) {
          const frame = await server.frame(file, { ...exact(at / 30), width: width + 4 });
          const number = starts.findLastIndex((start) => start <= at);
          assert.equal(await numberOf(frame), number, `at ${at / 30}`);
          near(frame.time, (starts[number] ?? 0) / 30);
          if (frame.nextTime !== undefined) near(frame.nextTime, (starts[number + 1] ?? 0) / 30);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('makes pictures no wider than requested, or than the recording', async () => {
    const small = await server.frame(clip, { ...exact(1), width: 160 });
    assert.deepEqual([small.width, small.height], [160, 90]);
    const { width: real, height, format } = await sharp(small.jpeg).metadata();
    assert.deepEqual([real, height, format], [160, 90, 'jpeg']);
    assert.equal((await server.frame(clip, { ...exact(1), width: 5000 })).width, clipSize.width);
    await assert.rejects(server.frame(clip, { ...exact(1), width: 0.5 }), RangeError);
  });

  test('makes turned recordings upright', async () => {
    for (const rotation of [90, 180, 270] as const) {
      const turned = await writeClip(folder.path(`turned-${rotation}.mov`), { seconds: 1, rotation });
      const frame = await server.frame(turned, exact(0.5));
      assert.deepEqual([frame.width, frame.height], [320, 180]);
      assert.equal(await numberOf(frame), 15);
    }
  });

  test('shows 10-bit HEVC with natural colours', async () => {
    for (const dynamicRange of ['hlg', 'pq'] as const) {
      const hdr = await writeClip(folder.path(`${dynamicRange}.mov`), { seconds: 1, codec: 'hevc', dynamicRange });
      for (const query of [exact(0.5), key(0.2)]) {
        const frame = await server.frame(hdr, query);
        assert.equal(await numberOf(frame), query.precision === 'key' ? 0 : 15);
        const { data, info } = await sharp(frame.jpeg).raw().toBuffer({ resolveWithObject: true });
        const at = (160 * info.width + 160) * info.channels;
        for (const value of data.subarray(at, at + 3))
          assert.ok(Math.abs(value - 90) <= 6, `${dynamicRange}: ${value}`);
      }
    }
  });

  test('shows large frames that were scaled down on the way', async () => {
    const size = { width: 2560, height: 1440 };
    const draw = (number: number) => enlarge(numberedFrame(number), size.width / width);
    const file = await writeClip(folder.path('large.mov'), { ...size, seconds: 0.9, fps: 10, draw });
    let frame = await server.frame(file, exact(0.7));
    for (let number = 7; number > 1; number -= 1) {
      assert.equal(await numberOf(frame), number);
      frame = await server.frame(file, exact(frame.previousTime ?? -1));
    }
    assert.equal((await server.frame(file, { ...exact(0.5), width: 2560 })).width, 2560);
  });

  test('finds frames when there is a single key frame', async () => {
    const file = await writeClip(folder.path('single.mov'), { seconds: 5, secondsBetweenKeyFrames: 1000 });
    for (const time of [4.5, 0.1, 4.4]) assert.equal(await numberOf(await server.frame(file, exact(time))), time * 30);
    near((await server.frame(file, key(4.5))).time, 0);
  });

  test('shows what can be read of a recording that was cut off', async () => {
    const whole = await readFile(await writeClip(folder.path('whole.mov'), { seconds: 20, fps: 10, indexFirst: true }));
    const file = folder.path('cut.mov');
    await writeFile(file, whole.subarray(0, whole.length / 2));
    const last = await server.frame(file, exact(19));
    assert.ok(last.time > 3 && last.time < 17, `${last.time}`);
    assert.equal(last.nextTime, undefined);
    assert.equal(await numberOf(last), Math.round(last.time * 10));
    const lastKey = await server.frame(file, key(19));
    assert.ok(lastKey.time <= last.time && lastKey.time > last.time - 1.1);
  });

  test('refuses times outside the recording, missing files and other formats', async () => {
    for (const time of [7.1, -1, Number.NaN]) {
      for (const query of [exact(time), key(time)]) {
        await assert.rejects(server.frame(clip, query), { code: 'FRAME_NOT_FOUND', message: /6\.00 s long/ });
      }
    }
    await assert.rejects(server.frame(folder.path('nowhere.mov'), exact(1)), { code: 'FILE_MISSING' });
    const text = folder.path('text.mov');
    await writeFile(text, 'Dear diary');
    await assert.rejects(server.frame(text, exact(1)), { code: 'NOT_A_VIDEO' });
  });

  test('notices that a file was replaced', async () => {
    const file = folder.path('replaced.mov');
    await copyFile(clip, file);
    assert.equal(await numberOf(await server.frame(file, exact(1))), 30);
    const other = await writeClip(folder.path('other.mov'), {
      seconds: 6,
      draw: (number) => numberedFrame(number + 500),
    });
    await rename(other, file);
    assert.equal(await numberOf(await server.frame(file, exact(1))), 530);
    await utimes(file, new Date(), new Date(0));
    assert.equal(await numberOf(await server.frame(file, exact(1))), 530);
    await rm(file);
    await assert.rejects(server.frame(file, exact(1)), { code: 'FILE_MISSING' });
  });
});

/** The mean difference of two pictures of the same size, in 255ths. */
async function difference(one: Uint8Array, other: string): Promise<number> {
  const [a, b] = await Promise.all([sharp(one).raw().toBuffer(), sharp(other).raw().toBuffer()]);
  assert.equal(a.length, b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

function enlarge(data: Uint8Array, times: number): Uint8Array {
  const { width, height } = clipSize;
  const large = new Uint8Array(width * times * height * times * 3);
  for (let y = 0; y < height * times; y += 1) {
    for (let x = 0; x < width * times; x += 1) {
      const from = (Math.floor(y / times) * width + Math.floor(x / times)) * 3;
      large.set(data.subarray(from, from + 3), (y * width * times + x) * 3);
    }
  }
  return large;
}
