import assert from 'node:assert/strict';
import { open, readFile, writeFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import { AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { openDecoder } from '../../src/media/decode/decoder.ts';
import { exactFrames } from '../../src/media/decode/exact-frames.ts';
import { openRecording, type Recording } from '../../src/media/decode/recording.ts';
import { scanFrames } from '../../src/media/decode/scan.ts';
import { extractFrames, probe, scanKeyFrames } from '../../src/media/index.ts';
import { temporaryFolder, writeClip } from './clips.ts';

const seconds = 120;
const packets = seconds * 30;

suite('reading comes to an end', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let whole: Buffer;
  before(async () => {
    folder = await temporaryFolder();
    const size = { width: 64, height: 48 };
    const pictures = [40, 200].map((value) => new Uint8Array(size.width * size.height * 3).fill(value));
    const draw = (number: number) => pictures[number % 2] as Uint8Array;
    whole = await readFile(
      await writeClip(folder.path('whole.mov'), { ...size, seconds, draw, secondsBetweenKeyFrames: 2 }),
    );
  });
  after(() => folder.remove());

  /** Packets look like pictures and key frames, but do not match the file's description of them. */
  async function undecodable(): Promise<string> {
    const bytes = Buffer.from(whole);
    const configuration = bytes.indexOf('avcC') + 4;
    // ISO/IEC 14496-15, "AVCDecoderConfigurationRecord": the length of the first parameter set comes before the set
    // itself.
    const length = bytes.readUInt16BE(configuration + 6);
    bytes.fill(0xff, configuration + 9, configuration + 8 + length);
    const file = folder.path('undecodable.mov');
    await writeFile(file, bytes);
    return file;
  }

  /** The pictures of the second half are zeros. */
  async function halfEmpty(): Promise<string> {
    const file = folder.path('half-empty.mov');
    await writeFile(file, whole);
    const handle = await open(file, 'r+');
    const [from, to] = [whole.length >> 1, whole.lastIndexOf('moov') - 4];
    await handle.write(Buffer.alloc(to - from), 0, to - from, from);
    await handle.close();
    return file;
  }

  async function counted(file: string): Promise<{ recording: Recording; read: () => number }> {
    let read = 0;
    const recording = await openRecording(file, { onPacket: () => (read += 1) });
    Log.setLevel(AV_LOG_QUIET);
    const opened = read;
    return { recording, read: () => read - opened };
  }

  const refusal = { code: 'DAMAGED_VIDEO', message: /none of its first 3000 packets gave a picture/ };

  test('without a picture, after a limited number of packets, wherever it begins', async () => {
    const file = await undecodable();
    const { recording, read } = await counted(file);
    const first = exactFrames(recording, [seconds - 1]).next();
    await assert.rejects(first, refusal);
    assert.ok(read() < 3 * packets, `${read()} packets`);
  });

  test('without a picture, and every door reports it', async () => {
    const file = await undecodable();
    await assert.rejects(probe(file), refusal);
    await assert.rejects(scanKeyFrames(file, { onFrame() {} }), { code: 'DAMAGED_VIDEO' });
    await assert.rejects(extractFrames(file, [{ time: 60, file: folder.path('none.jpg') }]), refusal);
  });

  test('where the pictures end, instead of reading the rest again and again', async () => {
    const { recording, read } = await counted(await halfEmpty());
    const plan = { spacing: 1, longestGap: 1.5, fillSpacing: 1 };
    const broken: number[] = [];
    const times: number[] = [];
    const decoder = await openDecoder(recording);
    for await (const { time, frame } of scanFrames(recording, decoder, plan, { onBroken: (at) => broken.push(at) })) {
      times.push(time);
      frame.free();
    }
    assert.ok((times.at(-1) ?? 0) > seconds / 4, `${times.at(-1)} s`);
    assert.ok(
      Math.max(...broken) > seconds - 3 && Math.min(...broken) > (times.at(-1) ?? 0) - 1,
      'what is missing is told',
    );
    assert.ok(read() < 5 * packets, `${read()} packets`);
  });
});
