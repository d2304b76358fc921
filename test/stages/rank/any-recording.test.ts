import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { rankThumbnails } from '../../../src/stages/rank/index.ts';
import { type ClipSettings, clipSize, colourAt, numberedFrame, writeClip } from '../../media/clips.ts';
import { type StageBench, stageBench, stageError } from '../../support/stage-bench.ts';

/** What is tested here does not depend on the pose model, which takes seconds. */
const quickly = { withoutPose: true };
const poseIsOff = /switched off/;

/** Bright frames whose middle changes, with a red mark at the top left and a blue one at the top right. */
const sized = (width: number, height: number): Partial<ClipSettings> => ({
  width,
  height,
  draw: (number) => numberedFrame(number, { width, height }),
});

/** The same, with square pixels. */
function enlarged(factor: number): Partial<ClipSettings> {
  const [width, height] = [clipSize.width * factor, clipSize.height * factor];
  const draw = (number: number) => {
    const small = numberedFrame(number);
    const data = new Uint8Array(width * height * 3);
    for (let y = 0; y < clipSize.height; y++) {
      const top = y * factor * width * 3;
      for (let x = 0; x < width; x++) {
        const from = (y * clipSize.width + Math.floor(x / factor)) * 3;
        for (let colour = 0; colour < 3; colour++) data[top + x * 3 + colour] = small[from + colour] ?? 0;
      }
      for (let row = 1; row < factor; row++) data.copyWithin(top + row * width * 3, top, top + width * 3);
    }
    return data;
  };
  return { width, height, draw };
}

interface Kind {
  readonly what: string;
  readonly settings: Partial<ClipSettings>;
  /** Seconds; 6 where it does not matter. */
  readonly seconds?: number;
  /** How far a colour may be off, 0 to 255. */
  readonly tolerance?: number;
}

const kinds: readonly Kind[] = [
  { what: 'HEVC', settings: { codec: 'hevc' } },
  { what: 'HDR with HLG and 10 bits', settings: { codec: 'hevc', dynamicRange: 'hlg' }, tolerance: 18 },
  { what: 'HDR with PQ and 10 bits', settings: { codec: 'hevc', dynamicRange: 'pq' }, tolerance: 18 },
  { what: '60 frames a second', settings: { fps: 60 } },
  { what: '120 frames a second', settings: { fps: 120 }, seconds: 3 },
  { what: 'a variable frame rate', settings: { fps: 120, moments: (number) => 2 + ((number * 7) % 11) } },
  { what: 'a turned camera', settings: { rotation: 180 } },
  { what: 'a portrait picture', settings: { rotation: 90, ...sized(360, 640) } },
  { what: '480 lines', settings: sized(854, 480), seconds: 3 },
  { what: '4K', settings: { fps: 1, ...enlarged(12) }, seconds: 4 },
  { what: 'a single key frame', settings: { secondsBetweenKeyFrames: 1000 } },
  { what: 'a key frame every 10 s', settings: { fps: 5, secondsBetweenKeyFrames: 10 }, seconds: 40 },
  { what: 'sound', settings: { sound: (time) => Math.sin(time * 2000) / 3 } },
];

async function clip(bench: StageBench, name: string, settings: ClipSettings): Promise<string> {
  return writeClip(path.join(bench.inputFolder, name), { fps: 10, ...settings });
}

async function ranked(bench: StageBench, file: string, count = 3) {
  return rankThumbnails(file, count, bench.attempt(), quickly);
}

function near(colour: readonly number[], expected: readonly number[], tolerance: number): void {
  const off = Math.max(...colour.map((value, at) => Math.abs(value - (expected[at] ?? 0))));
  assert.ok(off <= tolerance, `${colour} is not ${expected}`);
}

describe('any recording made by a phone is ranked', { concurrency: 2 }, () => {
  for (const { what, settings, seconds = 6, tolerance = 8 } of kinds) {
    it(`with ${what}`, async (t) => {
      const bench = await stageBench(t);
      const { candidates, notes } = await ranked(bench, await clip(bench, 'ms_AnvsBo.mov', { seconds, ...settings }));
      const { width, height } = { ...clipSize, ...settings };
      assert.equal(candidates.length, 3);
      for (const { time, file } of candidates) {
        assert.ok(time >= 0 && time <= seconds);
        const picture = await sharp(file).metadata();
        assert.deepEqual([picture.width, picture.height], [width, height]);
        near(await colourAt(file, 15, 15), [200, 30, 30], tolerance);
        near(await colourAt(file, width - 15, 15), [30, 30, 200], tolerance);
      }
      assert.equal(notes.filter((note) => !poseIsOff.test(note)).length, 0, notes.join('\n'));
    });
  }

  it('as far as it can be read if its end is missing, and says so', async (t) => {
    const bench = await stageBench(t);
    const whole = await clip(bench, 'whole.mov', { seconds: 24, indexFirst: true });
    const bytes = await readFile(whole);
    const file = path.join(bench.inputFolder, 'ms_AnvsBo.mov');
    await writeFile(file, bytes.subarray(0, bytes.length / 2));
    const { candidates, notes } = await ranked(bench, file);
    assert.equal(candidates.length, 3);
    const [, promised, readable] = /cut off: of (\d+) s only the first (\d+) s/.exec(notes.join(' ')) ?? [];
    assert.equal(promised, '24');
    assert.ok(Number(readable) > 5 && Number(readable) < 20, `${readable} s`);
    for (const { time } of candidates) assert.ok(time <= Number(readable));
  });

  for (const codec of ['h264', 'hevc'] as const) {
    it(`around a destroyed part in the middle (${codec}), and says so`, async (t) => {
      const bench = await stageBench(t);
      const file = await clip(bench, 'ms_AnvsBo.mov', { seconds: 40, codec });
      const bytes = await readFile(file);
      const data = bytes.indexOf('mdat') + 4;
      const end = bytes.indexOf('moov');
      const at = (part: number) => Math.round(data + part * (end - data));
      for (let byte = at(0.4); byte < at(0.6); byte++) bytes[byte] = (byte * 2654435761) >>> 24;
      await writeFile(file, bytes);
      const { candidates, notes } = await ranked(bench, file, 5);
      assert.equal(candidates.length, 5);
      const [, from, to] = /damaged: pictures between (\d+) and (\d+) s/.exec(notes.join(' ')) ?? [];
      assert.ok(Number(from) >= 12 && Number(to) <= 28 && Number(from) < Number(to), notes.join('\n'));
      for (const { time, file: picture } of candidates) {
        assert.ok(time < Number(from) || time > Number(to), `${time} s`);
        near(await colourAt(picture, 15, 15), [200, 30, 30], 8);
      }
    });
  }

  it('not at all if none of it can be read', async (t) => {
    const bench = await stageBench(t);
    const file = await clip(bench, 'ms_AnvsBo.mov', { seconds: 3, indexFirst: true });
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0, bytes.indexOf('mdat') + 4));
    await assert.rejects(
      rankThumbnails(file, 3, bench.attempt(), quickly),
      stageError('DAMAGED_VIDEO', /no picture could be read/),
    );
  });
});
