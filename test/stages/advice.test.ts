import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import sharp from 'sharp';
import { inThisTerminal } from '../../src/cli/local-attempt.ts';
import { type Corrections, parseCorrections, parseTeams } from '../../src/domain/corrections.ts';
import { type ErrorCode, errorCodes, type StageError } from '../../src/domain/errors.ts';
import type { Choice } from '../../src/domain/selection.ts';
import { startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import { enhanceThumbnail } from '../../src/stages/enhance/index.ts';
import { frameName } from '../../src/stages/frame-name.ts';
import { prepareVideo } from '../../src/stages/prepare/index.ts';
import { rankThumbnails } from '../../src/stages/rank/index.ts';
import { candidatesFolder, publicationRecord, rankingRecord } from '../../src/stages/records.ts';
import { selectThumbnail } from '../../src/stages/select/index.ts';
import { uploadVideo } from '../../src/stages/upload/index.ts';
import { writeFileAtomic } from '../../src/workspace/atomic-file.ts';
import { atEnd } from '../support/clean-up.ts';
import { emptyHalf } from '../support/sample-recording.ts';
import { prepareOptions, type StageBench, stageBench, stageError, textFile } from '../support/stage-bench.ts';
import { publishBench, refusal, uploadOptions } from './upload/publish-bench.ts';

/** Where the advice of the others is followed: with a worker, a full disk, a browser, or another process. */
const followedElsewhere: Partial<Record<ErrorCode, string>> = {
  AUTH_REQUIRED: 'temporal/publishing.test.ts',
  DATA_IN_USE: 'workspace/migrate.test.ts',
  DECODER_FAILED: 'stages/rank/troubles.test.ts',
  FILE_CHANGED: 'temporal/publishing.test.ts',
  HOST_AMBIGUOUS: 'temporal/find-host.test.ts',
  HOST_UNKNOWN: 'temporal/find-host.test.ts',
  NEWER_DATA: 'workspace/record.test.ts',
  NO_SPACE: 'stages/full-disk.test.ts',
  PAYLOAD_UNREADABLE: 'temporal/payloads/codec.test.ts',
  PUBLISH_NOT_CONFIRMED: 'stages/upload/confirm.test.ts',
  RENDERER_FAILED: 'thumbnail/renderer.test.ts',
  RESULT_INVALID: 'temporal/foreign-messages.test.ts',
  STALLED: 'temporal/advice.test.ts',
  STILL_PROCESSING: 'stages/upload/processing.test.ts',
  UPLOAD_LIMIT_REACHED: 'stages/upload/quota.test.ts',
  UPLOAD_OUTCOME_UNKNOWN: 'stages/upload/unknown-outcome.test.ts',
};

const followedHere = new Set<ErrorCode>();

interface Trouble {
  /** Fails at first; once the advice was followed, a retry does not. */
  readonly work: () => Promise<unknown>;
  readonly advice: RegExp;
  /** Does what the advice says. */
  readonly follow: (error: StageError) => unknown;
}

function advice(code: ErrorCode, what: string, setUp: (t: TestContext) => Promise<Trouble>): void {
  followedHere.add(code);
  test(`the advice of ${code} helps: ${what}`, async (t) => {
    const { work, advice: expected, follow } = await setUp(t);
    const error = await work().then(
      () => assert.fail('it fails at first'),
      (failure) => failure,
    );
    stageError(code)(error);
    assert.match(error.action, expected);
    await follow(error);
    await work();
  });
}

const prepare = (bench: StageBench, file: string, corrections?: Corrections) =>
  prepareVideo(file, { ...prepareOptions, dataFolder: bench.dataFolder, corrections }, bench.attempt());
const rank = (bench: StageBench, file: string) => rankThumbnails(file, 2, bench.attempt(), { withoutPose: true });

/** A recording with what a ranking leaves. */
async function ranked(t: TestContext) {
  const bench = await stageBench(t);
  const file = await bench.prepared();
  const workspace = await bench.workspace(file);
  await mkdir(workspace.path(candidatesFolder));
  const picture = sharp({ create: { width: 640, height: 360, channels: 3, background: '#275' } }).jpeg();
  const candidates = [1, 2].map((time) => ({ rank: time, frame: frameName(time), time, score: 1, why: '' }));
  for (const { frame } of candidates) await picture.clone().toFile(workspace.path(candidatesFolder, frame));
  workspace.write(rankingRecord, { topN: 2, withoutPose: true, candidates, notes: [] });
  const select = (choice: Choice) => selectThumbnail(file, choice, bench.attempt());
  const draw = (template: string, designs?: string) =>
    enhanceThumbnail(file, { template, designs, club: { name: 'Cafe Badminton' } }, bench.attempt());
  return { bench, file, workspace, candidates, select, draw };
}

advice('BAD_NAME', 'correct', async (t) => {
  const bench = await stageBench(t);
  const file = await bench.recording('saturday.mov');
  let corrections: Corrections | undefined;
  return {
    work: () => prepare(bench, file, corrections),
    advice: /npx badminton correct ID --type md --teams "A\/B vs C\/D"/,
    follow() {
      corrections = parseCorrections({ matchType: 'md', teams: parseTeams('A/B vs C/D', 'md') });
    },
  };
});

advice('BAD_NAME', 'rename it to an example', async (t) => {
  const bench = await stageBench(t);
  let file = await bench.recording('saturday.mov');
  return {
    work: () => prepare(bench, file),
    advice: /rename the recording.*start it again/,
    async follow({ action }) {
      const [, example = ''] = /for example "([^"]+)"/.exec(action) ?? [];
      const renamed = path.join(path.dirname(file), example);
      await rename(file, renamed);
      file = renamed;
    },
  };
});

advice('FILE_MISSING', 'put it back', async (t) => {
  const bench = await stageBench(t);
  const file = await bench.recording();
  await rename(file, `${file}.away`);
  return {
    work: () => prepare(bench, file),
    advice: /put the recording back, then retry/,
    follow: () => rename(`${file}.away`, file),
  };
});

advice('NOT_A_VIDEO', 'copy the recording itself', async (t) => {
  const bench = await stageBench(t);
  const file = await textFile(bench, 'ms_AnvsBo.mov', 'no video');
  return {
    work: () => prepare(bench, file),
    advice: /^Copy the recording itself/,
    follow: async () => cp(await bench.recording(), file),
  };
});

advice('DAMAGED_VIDEO', 'copy it again', async (t) => {
  const bench = await stageBench(t);
  const original = await bench.recording();
  const file = path.join(bench.inputFolder, 'ms_AnvsBo.mov');
  await cp(original, file);
  await emptyHalf(file);
  return { work: () => prepare(bench, file), advice: /^Copy it again/, follow: () => cp(original, file) };
});

test('POSE_FAILED needs no advice: ranking continues by movement alone, and says so', async (t) => {
  const bench = await stageBench(t);
  const file = await bench.prepared();
  const { candidates } = await rankThumbnails(file, 2, bench.attempt(), { poseLimits: { stallTimeoutMs: 20 } });
  assert.equal(candidates.length, 2);
  const { notes = [] } = (await bench.workspace(file)).read(rankingRecord) ?? {};
  assert.match(notes.join(' '), /movement/);
});
followedHere.add('POSE_FAILED');

advice('FOLDER_UNUSABLE', 'make it a folder', async (t) => {
  const bench = await stageBench(t);
  const file = await bench.recording();
  const { workspaceRoot } = bench.store;
  await rm(workspaceRoot, { recursive: true, force: true });
  await writeFile(workspaceRoot, '');
  return {
    work: () => prepare(bench, file),
    advice: /^Make .*workspaces a folder that can be written to/,
    async follow() {
      await rm(workspaceRoot);
      await mkdir(workspaceRoot);
    },
  };
});

advice('FRAME_NOT_FOUND', 'choose another', async (t) => {
  const { candidates, select } = await ranked(t);
  let choice: Choice = { frame: 'frame-9999999ms.jpg' };
  return {
    work: () => select(choice),
    advice: /^Choose another frame: npx badminton select ID/,
    follow() {
      choice = { frame: candidates[1]?.frame ?? '' };
    },
  };
});

advice('TEMPLATE_UNKNOWN', 'choose the first it names', async (t) => {
  const { select, draw } = await ranked(t);
  await select({ best: true });
  let template = 'clubb';
  return {
    work: () => draw(template),
    advice: /^Choose one of these templates: /,
    follow({ action }) {
      template = /templates: (\w+)/.exec(action)?.[1] ?? '';
    },
  };
});

advice('DESIGN_INVALID', 'correct the file', async (t) => {
  const { bench, select, draw } = await ranked(t);
  await select({ best: true });
  const designs = path.join(bench.folder, 'designs');
  const file = path.join(designs, 'club.template.yaml');
  await mkdir(designs);
  const write = (arrangement: string) =>
    writeFile(
      file,
      `columns:\n  - area: { left: 32, right: 32 }\n    children:\n      - { kind: names, arrangement: ${arrangement} }\n`,
    );
  await write('rowz');
  return { work: () => draw('club', designs), advice: /^Correct the file/, follow: () => write('rows') };
});

advice('PICTURE_UNREADABLE', 'choose another frame', async (t) => {
  const { workspace, candidates, select, draw } = await ranked(t);
  await select({ best: true });
  await writeFile(workspace.path(candidatesFolder, candidates[0]?.frame ?? ''), 'no picture');
  return {
    work: () => draw('bar'),
    advice: /^Choose another frame of the recording/,
    follow: () => select({ frame: candidates[1]?.frame ?? '' }),
  };
});

advice('METADATA_INVALID', 'correct what YouTube refuses', async (t) => {
  const bench = await publishBench(t);
  let corrections: Corrections | undefined;
  bench.faults = ({ call }) => (call === 'videos.update' && !corrections ? refusal('invalidTitle') : undefined);
  return {
    work: () => bench.upload({ corrections }),
    advice: /^Correct the title with: npx badminton correct/,
    async follow() {
      corrections = parseCorrections({ title: 'Another title' });
    },
  };
});

advice('RECORD_INVALID', 'move the file away', async (t) => {
  const { bench, file, workspace } = await ranked(t);
  const record = workspace.path(rankingRecord.file);
  writeFileAtomic(record, '{');
  return {
    work: () => rank(bench, file),
    advice: /^Move ranking\.json out of that folder, then retry/,
    follow: () => rename(record, path.join(bench.folder, 'ranking.json')),
  };
});

advice('STAGE_ORDER', 'run the stage that it names', async (t) => {
  const bench = await stageBench(t);
  const file = await bench.prepared();
  return {
    work: () => selectThumbnail(file, { best: true }, bench.attempt()),
    advice: /npx badminton stage rank FILE/,
    follow: () => rank(bench, file),
  };
});

advice('SUPERSEDED', 'let the newer attempt finish', async (t) => {
  const { bench, file } = await ranked(t);
  const [older, newer] = [bench.attempt(), bench.attempt()];
  let context = older;
  const { videoId } = await bench.store.open(file, newer.attempt);
  return {
    work: () => selectThumbnail(file, { best: true }, context),
    advice: /let that one finish, then retry/,
    async follow() {
      await selectThumbnail(file, { best: true }, newer);
      bench.store.fence.release(videoId, newer.attempt);
      context = bench.attempt();
    },
  };
});

advice('ALREADY_PROCESSED_ELSEWHERE', 'wait for it', async (t) => {
  const bench = await stageBench(t);
  const file = await bench.prepared();
  const { attempt } = bench.attempt();
  const { videoId } = await bench.store.open(file, attempt);
  return {
    work: () => inThisTerminal(bench.store, (context) => context.store.open(file, context.attempt)),
    advice: /^Wait for it, or cancel it/,
    follow: () => bench.store.fence.release(videoId, attempt),
  };
});

advice('QUOTA_EXHAUSTED', 'set what the project has', async (t) => {
  const bench = await publishBench(t);
  let quota = { units: 60, uploads: 100 };
  return {
    work: () => bench.upload({ quota }),
    advice: /^Set BADMINTON_QUOTA_UNITS and BADMINTON_QUOTA_UPLOADS/,
    follow() {
      quota = { units: 10_000, uploads: 100 };
    },
  };
});

advice('UPLOAD_REJECTED', 'allow it in YouTube Studio', async (t) => {
  const bench = await publishBench(t);
  bench.faults = ({ call }) => (call === 'videos.insert' ? refusal('forbidden') : undefined);
  return {
    work: () => bench.upload(),
    advice: /^Check in YouTube Studio/,
    follow() {
      bench.faults = undefined;
    },
  };
});

advice('UPLOAD_INTERRUPTED', 'it resumes where it stopped', async (t) => {
  const bench = await publishBench(t, 3);
  bench.faults = ({ contentRange }) => (/ (262144|\*)/.test(contentRange ?? '') ? { kind: 'drop' } : undefined);
  return {
    async work() {
      await bench.upload();
      await bench.onlyVideo();
    },
    advice: /^The upload resumes where it stopped/,
    follow() {
      bench.faults = undefined;
    },
  };
});

advice('PROCESSING_FAILED', 'delete it there, then send it again', async (t) => {
  const bench = await publishBench(t);
  let broken: string | undefined;
  let isDeleted = false;
  const youtube = await bench.through((video) => {
    broken ??= video.id;
    if (video.id !== broken) return video;
    if (isDeleted) return undefined;
    video.status.uploadStatus = 'failed';
    return video;
  });
  return {
    async work() {
      const order = isDeleted ? { sendAgain: 'deleted' } : {};
      const { youtubeId } = await uploadVideo(bench.file, { ...uploadOptions, order }, youtube, bench.attempt());
      assert.notEqual(youtubeId, broken);
    },
    advice: /delete it there, then: npx badminton retry video-\w+ --send-again/,
    follow() {
      isDeleted = true;
    },
  };
});

for (const [code, call, reason] of [
  ['THUMBNAIL_REJECTED', 'thumbnails.set', 'invalidImage'],
  ['PLAYLIST_REJECTED', 'playlists.insert', 'maxPlaylistExceeded'],
] as const) {
  followedHere.add(code);
  test(`${code}: the match is published without it, and says what to do`, async (t) => {
    const bench = await publishBench(t);
    bench.faults = (request) => (request.call === call ? refusal(reason) : undefined);
    const { warnings } = await bench.upload({ playlistPerTournament: true });
    assert.match(warnings.join(' '), /YouTube Studio|BADMINTON_PLAYLIST/);
    assert.equal((await bench.space()).read(publicationRecord('local'))?.confirmed, true);
  });
}

advice('PORT_IN_USE', 'stop the other program', async (t) => {
  const bench = await stageBench(t);
  const other = await startLocalYouTube({ folder: path.join(bench.folder, 'other') });
  const port = Number(new URL(other.url).port);
  return {
    async work() {
      const youtube = await startLocalYouTube({ folder: path.join(bench.folder, 'youtube'), port });
      atEnd(t, () => youtube.close());
    },
    advice: /^Stop the program that uses port \d+, or set another one with BADMINTON_LOCAL_YOUTUBE_PORT/,
    follow: () => other.close(),
  };
});

test('the advice of every error code is followed in a test', () => {
  for (const code of errorCodes) {
    const elsewhere = followedElsewhere[code];
    if (followedHere.has(code)) continue;
    assert.ok(elsewhere, `${code} is followed nowhere`);
    assert.match(readFileSync(new URL(`../${elsewhere}`, import.meta.url), 'utf8'), new RegExp(`\\b${code}\\b`));
  }
});
