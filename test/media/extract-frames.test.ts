import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import fc from 'fast-check';
import sharp from 'sharp';
import { writeJpeg } from '../../src/media/decode/jpeg.ts';
import { extractFrames } from '../../src/media/index.ts';
import { clipSize, colourAt, numberedFrame, shownNumber, temporaryFolder, writeClip } from './clips.ts';

suite('extractFrames', { concurrency: 2 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let clip: string;
  before(async () => {
    folder = await temporaryFolder();
    clip = await writeClip(folder.path('clip.mov'), { seconds: 6 });
  });
  after(() => folder.remove());

  test('gives the frame at or just before any time, in the requested order', async () => {
    const time = fc.double({ min: 0, max: 5.999, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(time, { minLength: 1, maxLength: 12 }), async (times) => {
        const requests = times.map((time, i) => ({ time, file: folder.path(`any-${i}.jpg`) }));
        const frames = await extractFrames(clip, requests);
        for (const [i, { time, file }] of requests.entries()) {
          const number = Math.floor((time + 0.0005) * 30);
          assert.equal(await shownNumber(file), number, `at ${time}`);
          const { time: shown = -1, ...rest } = frames[i] ?? {};
          assert.ok(Math.abs(shown - number / 30) < 1e-6);
          assert.deepEqual(rest, { file, ...clipSize });
        }
      }),
      { numRuns: 5 },
    );
  });

  test('finds a frame again by the time it returned, exact or rounded to milliseconds', async () => {
    const [first] = await extractFrames(clip, [{ time: 2.05, file: folder.path('first.jpg') }]);
    const time = first?.time ?? -1;
    const again = [time, Math.round(time * 1000) / 1000].map((at, i) => ({
      time: at,
      file: folder.path(`again-${i}.jpg`),
    }));
    for (const frame of await extractFrames(clip, again)) assert.equal(frame.time, time);
  });

  test('treats a time just past the end as the last frame', async () => {
    const file = folder.path('last.jpg');
    await extractFrames(clip, [{ time: 6.9, file }]);
    assert.equal(await shownNumber(file), 179);
  });

  test('refuses times outside the recording before writing anything', async () => {
    for (const time of [7.1, -1, Number.NaN]) {
      const output = folder.path(`outside-${time}`);
      await mkdir(output);
      const requests = [1, time].map((at, i) => ({ time: at, file: `${output}/${i}.jpg` }));
      await assert.rejects(extractFrames(clip, requests), {
        code: 'FRAME_NOT_FOUND',
        remedy: 'fix',
        message: /6\.00 s long/,
      });
      assert.deepEqual(await readdir(output), []);
    }
  });

  test('reports a missing folder and a full disk', async () => {
    const file = folder.path('nowhere/picture.jpg');
    await assert.rejects(extractFrames(clip, [{ time: 1, file }]), {
      code: 'FOLDER_UNUSABLE',
      remedy: 'fix',
      message: /picture\.jpg/,
    });
    const picture = { width: 2, height: 2, data: Buffer.alloc(12) };
    const onFullDisk = writeJpeg(picture, folder.path('full.jpg'), '/dev/full');
    if (existsSync('/dev/full')) await assert.rejects(onFullDisk, { code: 'NO_SPACE', remedy: 'fix' });
    else await assert.rejects(onFullDisk);
  });

  test('finds exact frames when there is a single key frame', async () => {
    const file = await writeClip(folder.path('single.mov'), { seconds: 5, secondsBetweenKeyFrames: 1000 });
    const requests = [4.5, 0.1, 4.4].map((time, i) => ({ time, file: folder.path(`single-${i}.jpg`) }));
    await extractFrames(file, requests);
    assert.deepEqual(await Promise.all(requests.map((request) => shownNumber(request.file))), [135, 3, 132]);
  });

  test('makes turned recordings upright', async () => {
    for (const rotation of [90, 180, 270] as const) {
      const turned = await writeClip(folder.path(`turned-${rotation}.mov`), { seconds: 1, rotation });
      const file = folder.path(`turned-${rotation}.jpg`);
      const [frame] = await extractFrames(turned, [{ time: 0.5, file }]);
      assert.deepEqual([frame?.width, frame?.height], [320, 180]);
      assert.equal(await shownNumber(file), 15);
      near(await colourAt(file, 15, 15), [200, 30, 30], `${rotation}`);
      near(await colourAt(file, 305, 15), [30, 30, 200], `${rotation}`);
    }
  });

  test('keeps the colours of HDR below the highlights', async () => {
    for (const dynamicRange of ['hlg', 'pq'] as const) {
      const hdr = await writeClip(folder.path(`${dynamicRange}.mov`), { seconds: 0.2, codec: 'hevc', dynamicRange });
      const file = folder.path(`${dynamicRange}.jpg`);
      await extractFrames(hdr, [{ time: 0, file }]);
      near(await colourAt(file, 160, 160), [90, 90, 90], dynamicRange);
      // Brighter colours are compressed a little, to leave room for those brighter than white.
      near(await colourAt(file, 305, 15), [30, 30, 200], dynamicRange, 16);
    }
  });

  test('treats HD that does not name its colours as BT.709', async () => {
    const size = { width: 1280, height: 720 };
    const draw = (number: number) => numberedFrame(number, size);
    const hd = await writeClip(folder.path('hd.mov'), { ...size, seconds: 0.1, namesColours: false, draw });
    const file = folder.path('hd.jpg');
    await extractFrames(hd, [{ time: 0, file }]);
    near(await colourAt(file, 20, 20), [200, 30, 30], 'HD');
    assert.equal((await sharp(file).metadata()).chromaSubsampling, '4:4:4');
  });

  test('leaves no unfinished files when aborted', async () => {
    const output = folder.path('aborted');
    await mkdir(output);
    const requests = Array.from({ length: 40 }, (_, i) => ({ time: i / 10, file: `${output}/${i}.jpg` }));
    await writeFile(`${output}/39.jpg`, 'old');
    const controller = new AbortController();
    const outcome = extractFrames(clip, requests, { signal: controller.signal, onProgress: () => controller.abort() });
    await assert.rejects(outcome, { name: 'AbortError' });
    const names = await readdir(output);
    assert.deepEqual(
      names.filter((name) => !name.endsWith('.jpg')),
      [],
    );
    assert.ok(names.length < 40);
  });
});

function near(colour: number[], expected: number[], where: string, tolerance = 6): void {
  const off = Math.max(...colour.map((value, i) => Math.abs(value - (expected[i] ?? 0))));
  assert.ok(off <= tolerance, `${where}: ${colour} is not ${expected}`);
}
