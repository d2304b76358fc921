import assert from 'node:assert/strict';
import { after, before, suite, type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { type FrameServer, openFrameServer } from '../../src/media/index.ts';
import { enhanceThumbnail } from '../../src/stages/enhance/index.ts';
import { prepareVideo } from '../../src/stages/prepare/index.ts';
import { rankThumbnails } from '../../src/stages/rank/index.ts';
import { selectThumbnail } from '../../src/stages/select/index.ts';
import { prepareOptions, stageBench } from '../support/stage-bench.ts';
import { temporaryFolder } from './clips.ts';
import { fullDecode, type PlayedFrame, playedAt } from './full-decode.ts';
import { type Codec, type Trait, traitSize, traits, writeBase } from './traits.ts';

/** By how many seconds rounded times may differ. */
const rounding = 0.001;

/**
 * The same file through every door of the program: each shows what a player shows at that moment, in the same size, and
 * all report the same length.
 */
suite('recordings as phones and cameras make them', { concurrency: 2 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: FrameServer;
  const bases = new Map<Codec, Promise<string>>();
  before(async () => {
    folder = await temporaryFolder();
    // As the launcher does: most of the time would go into compiling what decoder processes load.
    process.env.NODE_COMPILE_CACHE ??= folder.path('compiled');
    server = openFrameServer();
  });
  after(async () => {
    await server.close();
    await folder.remove();
  });

  const base = (codec: Codec) => {
    const made = bases.get(codec) ?? writeBase(folder.path(`base-${bases.size}.mov`), codec);
    bases.set(codec, made);
    return made;
  };

  for (const [index, trait] of traits.entries()) {
    test(trait.name, async (t) => {
      const file = await trait.make(folder.path(`md_AnhzMaivsBaozLan_Trait ${index}`), base);
      await walk(t, trait, file);
    });
  }

  async function walk(t: TestContext, trait: Trait, file: string): Promise<void> {
    const { filters = 'null', size = traitSize, difference = 6 } = trait;
    const played = await fullDecode(file, filters, trait);
    const shows = (picture: Uint8Array | string, time: number, what: string) =>
      assertShows(picture, played, time, size, difference, `${what} at ${time} s`);
    const isPlayed = (time: number) =>
      assert.ok(
        played.some((frame) => Math.abs(frame.time - time) < rounding),
        `${time}`,
      );
    assert.ok(played.length > 5, `${played.length}`);

    const bench = await stageBench(t);
    const context = bench.attempt();
    const { record } = await prepareVideo(file, { ...prepareOptions, dataFolder: bench.dataFolder }, context);
    const { durationSeconds, width, height } = record.info;
    assert.deepEqual({ width, height }, size);
    const last = played.at(-1)?.time ?? 0;
    const expected = trait.seconds ?? last + 1 / 30;
    assert.ok(Math.abs(durationSeconds - expected) < 0.04, `${durationSeconds} s, not ${expected}`);
    assert.ok(Math.abs(record.info.frameRate - 30) < 1, `${record.info.frameRate} frames a second`);

    const { candidates, notes } = await rankThumbnails(file, 3, context, { withoutPose: true });
    assert.deepEqual(
      notes.filter((note) => /damaged|cut off/.test(note)),
      [],
    );
    assert.ok(candidates.length > 0);
    for (const candidate of candidates) {
      isPlayed(candidate.time);
      await shows(candidate.file, candidate.time, 'candidate');
    }

    const moments = [0, 0.21, durationSeconds * 0.37, durationSeconds * 0.61, durationSeconds - 0.12, last];
    for (const time of moments) {
      const exact = await server.frame(file, { time, width: size.width, precision: 'exact' });
      const right = playedAt(played, time);
      assert.ok(Math.abs(exact.time - right.time) < rounding, `${exact.time}, not ${right.time}, at ${time} s`);
      await shows(exact.jpeg, time, 'exact frame');
      const at = played.indexOf(right);
      assertTime(exact.previousTime, played[at - 1]?.time, `before ${time} s`);
      assertTime(exact.nextTime, played[at + 1]?.time, `after ${time} s`);
      const key = await server.frame(file, { time, width: size.width, precision: 'key' });
      isPlayed(key.time);
      const most = Math.max(difference, 10);
      await assertShows(key.jpeg, played, key.time, size, most, `key frame for ${time} s`);
    }
    // Times up to a second past the end mean the last frame; the refusal beyond that states the length.
    const beyond = { time: durationSeconds + 1.01, width: size.width, precision: 'exact' } as const;
    await assert.rejects(server.frame(file, beyond), (error: Error) => {
      assert.match(error.message, new RegExp(`it is ${durationSeconds.toFixed(2)} s long`));
      return true;
    });

    const atSeconds = durationSeconds * 0.43;
    const selected = await selectThumbnail(file, { atSeconds }, context);
    await shows(selected.file, atSeconds, 'selected frame');

    if (trait.size || trait.filters || index(trait) === 0) {
      const options = { template: 'duel', club: { name: 'Club' } };
      const { file: thumbnail } = await enhanceThumbnail(file, options, context);
      const { width: wide, height: high } = await sharp(thumbnail).metadata();
      assert.deepEqual([wide, high], [1280, 720]);
    }
  }
});

const index = (trait: Trait) => traits.indexOf(trait);

function assertTime(told: number | undefined, right: number | undefined, where: string): void {
  if (right === undefined || told === undefined) assert.equal(told, right, where);
  else assert.ok(Math.abs(told - right) < rounding, `${told}, not ${right}, ${where}`);
}

/** How many frames on either side a picture must not resemble more than the right one. */
const neighbours = 2;

async function assertShows(
  picture: Uint8Array | string,
  played: readonly PlayedFrame[],
  time: number,
  size: { readonly width: number; readonly height: number },
  most: number,
  what: string,
): Promise<void> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  const right = playedAt(played, time);
  assert.deepEqual({ width: info.width, height: info.height }, size, what);
  assert.deepEqual({ width: right.width, height: right.height }, size, what);
  const difference = differenceOf(data, right.data);
  assert.ok(difference <= most, `${what}: it differs by ${difference} from what a player shows`);
  const at = played.indexOf(right);
  for (const other of played.slice(Math.max(0, at - neighbours), at + neighbours + 1)) {
    const toOther = differenceOf(data, other.data);
    assert.ok(difference <= toOther, `${what}: it is rather what a player shows at ${other.time} s`);
  }
}

/** Mean difference of two pictures, in 255ths. */
function differenceOf(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += Math.abs((one[i] ?? 0) - (other[i] ?? 0));
  return sum / one.length;
}
