import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import sharp from 'sharp';
import { probe } from '../../src/media/index.ts';
import { clipSize, numberedFrame, temporaryFolder, writeClip, writeSound } from './clips.ts';

suite('probe', { concurrency: 2 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  test('describes a recording', async () => {
    const file = await writeClip(folder.path('whole.mov'), {
      seconds: 3,
      creationTime: '2024-12-15T19:05:33+07:00',
      sound: () => 0,
    });
    const info = await probe(file);
    const { sizeBytes, durationSeconds, ...rest } = info;
    assert.equal(sizeBytes, (await readFile(file)).length);
    assert.ok(Math.abs(durationSeconds - 3) < 0.01, `${durationSeconds}`);
    assert.deepEqual(rest, {
      ...clipSize,
      rotation: 0,
      codec: 'h264',
      pixelFormat: 'yuv420p',
      bitDepth: 8,
      frameRate: 30,
      quickTimeDate: '2024-12-15T19:05:33+0700',
      // FFmpeg joins the times in the movie's header and in its metadata.
      creationTime: '2024-12-15T12:05:33.000000Z;2024-12-15T12:05:33.000Z',
      hasAudio: true,
      colorTransfer: 'bt709',
    });
  });

  test('reports missing sound and leaves out missing times', async () => {
    const info = await probe(await writeClip(folder.path('silent.mov'), { seconds: 1 }));
    assert.equal(info.hasAudio, false);
    assert.ok(!('creationTime' in info) && !('quickTimeDate' in info));
  });

  test('describes 10-bit HEVC', async () => {
    const file = await writeClip(folder.path('hlg.mov'), { seconds: 1, codec: 'hevc', dynamicRange: 'hlg' });
    const { codec, bitDepth, pixelFormat, colorTransfer } = await probe(file);
    assert.deepEqual([codec, bitDepth, pixelFormat, colorTransfer], ['hevc', 10, 'yuv420p10le', 'arib-std-b67']);
  });

  for (const rotation of [90, 180, 270] as const) {
    test(`gives the upright size of a recording turned by ${rotation}`, async () => {
      const info = await probe(await writeClip(folder.path(`turned-${rotation}.mov`), { seconds: 1, rotation }));
      assert.deepEqual({ width: info.width, height: info.height, rotation: info.rotation }, { ...clipSize, rotation });
    });
  }

  test('accepts names with colons and spaces', async () => {
    const file = await writeClip(folder.path('http:md_A vs B #1?.mov'), { seconds: 1 });
    assert.equal((await probe(file)).codec, 'h264');
  });

  test('refuses a missing file', async () => {
    await assert.rejects(probe(folder.path('nowhere.mov')), {
      code: 'FILE_MISSING',
      remedy: 'fix',
      message: /nowhere\.mov/,
    });
  });

  const notVideos: [string, (file: string) => Promise<unknown>, RegExp][] = [
    ['an empty file', (file) => writeFile(file, ''), /empty/],
    ['a text', (file) => writeFile(file, 'Dear diary, today we played badminton.\n'.repeat(50)), /no video format/],
    [
      'a list that names other files',
      (file) => writeFile(file, 'ffconcat version 1.0\nfile whole.mov\n'),
      /no video format/,
    ],
    [
      'a picture',
      (file) =>
        sharp({ create: { ...clipSize, channels: 3, background: '#345' } })
          .jpeg()
          .toFile(file),
      /no video format/,
    ],
    ['a movie of one picture', (file) => writeClip(file, { seconds: 1 / 30 }), /still image/],
    ['a sound', writeSound, /sound only/],
  ];
  for (const [what, make, message] of notVideos) {
    test(`refuses ${what} named .mov`, async () => {
      const file = folder.path(`${what.replaceAll(' ', '-')}.mov`);
      await make(file);
      await assert.rejects(probe(file), { code: 'NOT_A_VIDEO', remedy: 'fix', message });
    });
  }

  test('refuses a folder', async () => {
    await assert.rejects(probe(folder.path('.')), { code: 'NOT_A_VIDEO', message: /folder/ });
  });

  test('refuses a copy that broke off before the index', async () => {
    const whole = await readFile(await writeClip(folder.path('index-last.mov'), { seconds: 2 }));
    const file = folder.path('no-index.mov');
    await writeFile(file, whole.subarray(0, whole.length * 0.6));
    await assert.rejects(probe(file), {
      code: 'DAMAGED_VIDEO',
      remedy: 'fix',
      message: /moov/,
      action: /Copy it again/,
    });
  });

  test('refuses a copy that broke off after the index, and says how much can be read', async () => {
    const settings = { seconds: 12, fps: 10, indexFirst: true, draw: noisyFrame };
    const whole = await readFile(await writeClip(folder.path('index-first.mov'), settings));
    const file = folder.path('cut.mov');
    await writeFile(file, whole.subarray(0, whole.length / 2));
    const error = await probe(file).then(
      () => assert.fail('it is damaged'),
      (reason: Error) => reason,
    );
    assert.equal((error as { code?: string }).code, 'DAMAGED_VIDEO');
    const [, promised, readable] = /of ([\d.]+) s only the first ([\d.]+) s/.exec(error.message) ?? [];
    assert.equal(promised, '12.0');
    assert.ok(Math.abs(Number(readable) - 6) < 1.2, error.message);
  });

  test('refuses a recording whose pictures are all destroyed', async () => {
    const bytes = await readFile(await writeClip(folder.path('sound.mov'), { seconds: 2, indexFirst: true }));
    const file = folder.path('destroyed.mov');
    await writeFile(file, bytes.fill(0, bytes.indexOf('mdat') + 4));
    await assert.rejects(probe(file), { code: 'DAMAGED_VIDEO', message: /no picture/ });
  });
});

/** Every frame takes about as many bytes as the next, so that half the file is half the time. */
function noisyFrame(number: number): Uint8Array {
  const data = numberedFrame(number);
  let state = number * 7919 + 1;
  for (let i = 0; i < data.length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    data[i] = (data[i] ?? 0) / 2 + (state >>> 25);
  }
  return data;
}
