import assert from 'node:assert/strict';
import { readFile, rename, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { videoIdOf } from '../../../src/domain/video-id.ts';
import { freeBytes, requireFreeSpace } from '../../../src/stages/prepare/free-space.ts';
import { matchOf, prepareVideo } from '../../../src/stages/prepare/index.ts';
import { preparedRecord } from '../../../src/stages/records.ts';
import { temporaryFolder } from '../../support/clean-up.ts';
import { sampleSeconds, sampleSize } from '../../support/sample-recording.ts';
import { prepareOptions, type StageBench, stageBench, stageError, textFile } from '../../support/stage-bench.ts';

type Wishes = Partial<Parameters<typeof prepareVideo>[1]>;

const prepare = (bench: StageBench, file: string, wishes: Wishes = {}) =>
  prepareVideo(file, { ...prepareOptions, dataFolder: bench.dataFolder, ...wishes }, bench.attempt());

describe('the stage "prepare"', () => {
  it('records what the recording is', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    const { videoId, record, match, warnings, published } = await prepare(bench, file);

    const fingerprint = await bench.store.recordings.fingerprint(file);
    assert.equal(videoId, videoIdOf(fingerprint));
    assert.equal(published, undefined);
    assert.deepEqual(warnings, []);
    assert.deepEqual(match, {
      matchType: 'md',
      teams: [
        ['Khanh', 'Leo'],
        ['Huy', 'Viet'],
      ],
      tournament: 'Friendly Game',
    });
    assert.deepEqual([record.fingerprint, record.recording], [fingerprint, path.basename(file)]);
    assert.equal(record.videoPath, file);
    assert.equal(record.recordedOn, '2026-11-21', 'the day in the hall');
    const { width, height, rotation, codec, hasAudio, durationSeconds } = record.info;
    assert.deepEqual(
      { width, height, rotation, codec, hasAudio },
      { ...sampleSize, rotation: 0, codec: 'h264', hasAudio: true },
    );
    assert.ok(Math.abs(durationSeconds - sampleSeconds) < 0.1);
    const kept = (await bench.workspace(file)).read(preparedRecord);
    assert.deepEqual(kept && { ...kept, info: 0 }, { ...record, info: 0 });
  });

  it('may be run again, even from another path with the same content', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    const first = await prepare(bench, file);
    assert.deepEqual(await prepare(bench, file), first);
    const renamed = path.join(bench.inputFolder, 'ms_LeovsHuy.MOV');
    await rename(file, renamed);
    const again = await prepare(bench, renamed);
    assert.equal(again.videoId, first.videoId);
    assert.equal(again.match.matchType, 'ms');
  });

  it('refuses anything that is not a complete video, each with its reason', async (t) => {
    const bench = await stageBench(t);
    const name = 'ms_LeovsHuy.mov';
    const missing = path.join(bench.inputFolder, name);
    await assert.rejects(prepare(bench, missing), stageError('FILE_MISSING', /ms_LeovsHuy\.mov/));
    await assert.rejects(prepare(bench, await textFile(bench, name, '')), stageError('NOT_A_VIDEO', /empty/));
    await assert.rejects(prepare(bench, await textFile(bench, name, 'a shopping list')), stageError('NOT_A_VIDEO'));
    const cut = await bench.recording('ms_CutvsShort.mov');
    await truncate(cut, 60_000);
    await assert.rejects(prepare(bench, cut), stageError('DAMAGED_VIDEO', /ms_CutvsShort\.mov is damaged/));
    assert.equal((await bench.workspace(cut)).read(preparedRecord), undefined, 'nothing is written down of it');
  });

  it('refuses a name outside the grammar until corrections say what the match is', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording('IMG_4711.mov');
    await assert.rejects(prepare(bench, file), stageError('BAD_NAME', /IMG_4711\.mov/));
    await assert.rejects(prepare(bench, file, { corrections: { tournament: 'Cup' } }), stageError('BAD_NAME'));
    const corrections = {
      matchType: 'xd',
      teams: [
        ['Khanh', 'Vy'],
        ['Ze', 'Tram'],
      ],
    } as const;
    const { record, match, warnings } = await prepare(bench, file, { corrections });
    assert.deepEqual(match, { ...corrections, tournament: 'Cafe Game' });
    assert.deepEqual(warnings, []);
    assert.equal(record.match, undefined);
    assert.throws(() => matchOf(record), stageError('BAD_NAME'), 'without the corrections it is unknown again');
    assert.equal(matchOf(record, { ...corrections, tournament: 'Cup' }).tournament, 'Cup');
  });

  it('reports a name that can be read in two ways, until the teams are corrected', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording('md_annzzbobvscatzdan.mov');
    const { record, warnings } = await prepare(bench, file);
    assert.ok(record.alternatives.length > 0);
    assert.match(warnings.join(), /more than one way: taken as .* vs .*, could be .* vs /);
    const teams = [
      ['Ann', 'Zbob'],
      ['Cat', 'Dan'],
    ] as const;
    assert.deepEqual((await prepare(bench, file, { corrections: { teams } })).warnings, []);
  });

  it('takes the day from the file if the recording has none', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    await forgetCreationTime(file);
    await utimes(file, new Date(), new Date('2024-12-15T20:30:00Z'));
    const { record } = await prepare(bench, file);
    assert.equal(record.recordedOn, '2024-12-16', 'by then it is the next day in the hall');
  });

  it('takes the day the recording gives, in the ways cameras give it', async (t) => {
    const bench = await stageBench(t);
    const day = async (modified: string, ...told: [string?, string?]) => {
      const file = await bench.recording();
      await tellDate(file, ...told);
      await utimes(file, new Date(), new Date(modified));
      return (await prepare(bench, file)).record.recordedOn;
    };
    const later = '2026-11-25T03:00:00Z';
    assert.equal(await day(later, '2026-11-20T19:07:00'), '2026-11-20', 'without a zone it is local');
    assert.equal(await day(later, '2569-11-19T19:07:00+0700'), '2026-11-21', 'another calendar: the creation time');
    const written = [undefined, '2026-11-20T19:07:00Z'] as const;
    assert.equal(await day('2026-11-20T12:27:00Z', ...written), '2026-11-20', 'local time written as UTC');
    assert.equal(await day('2026-11-20T19:27:00Z', ...written), '2026-11-21', 'it may be in UTC');
  });

  it('says that this content has already been published, on this target only', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    const fingerprint = await bench.store.recordings.fingerprint(file);
    const publication = {
      fingerprint,
      target: 'youtube',
      youtubeId: 'abc',
      watchUrl: 'https://www.youtube.com/watch?v=abc',
      title: 'Published long ago',
      recording: 'other-name.mov',
      publishedAt: '2024-12-15T12:00:00.000Z',
    } as const;
    bench.store.ledger.enter(publication);
    assert.equal((await prepare(bench, file)).published, undefined);
    const { published } = await prepare(bench, file, { target: 'youtube' });
    assert.deepEqual({ ...published }, publication);
  });

  it('refuses to begin without room on the disk, or in an unusable folder', async (t) => {
    const folder = await temporaryFolder(t);
    const free = await freeBytes(path.join(folder, 'made', 'as', 'needed'));
    await requireFreeSpace(folder, free / 2);
    await assert.rejects(
      requireFreeSpace(folder, free * 2 + 1e9),
      stageError('NO_SPACE', /has [\d,]+ MB free; [\d,]+ MB are needed/),
    );
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await assert.rejects(requireFreeSpace(path.join(file, 'data'), 1), stageError('FOLDER_UNUSABLE', /file\/data/));
  });
});

const sampleDate = '2026-11-21T19:30:00+0700';

/** Gives a QuickTime file another date of its own, or none, and another creation time. */
async function tellDate(file: string, quickTimeDate = '', creationTime?: string): Promise<void> {
  const bytes = await readFile(file);
  const key = bytes.indexOf('com.apple.quicktime.creationdate');
  const value = bytes.indexOf(sampleDate);
  assert.ok(key > 0 && value > key);
  bytes.write(quickTimeDate.padEnd(sampleDate.length), value, 'latin1');
  const header = bytes.indexOf('mvhd');
  const epoch = Date.UTC(1904, 0, 1);
  if (creationTime) bytes.writeUInt32BE((Date.parse(creationTime) - epoch) / 1000, header + 8);
  await writeFile(file, bytes);
}

/** Removes every creation time from a QuickTime file (QuickTime File Format: mvhd, tkhd, mdhd and metadata keys). */
async function forgetCreationTime(file: string): Promise<void> {
  const bytes = await readFile(file);
  const each = (text: string, change: (at: number) => void) => {
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) change(at);
  };
  for (const header of ['mvhd', 'tkhd', 'mdhd']) each(header, (at) => bytes.fill(0, at + 8, at + 16));
  each('creation', (at) => bytes.write('whatever', at, 'latin1'));
  await writeFile(file, bytes);
}
