import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { StageError } from '../../src/domain/errors.ts';
import { videoIdOf } from '../../src/domain/video-id.ts';
import { plannedPause } from '../../src/stages/planned-pause.ts';
import { type AttemptOptions, runAttempt } from '../../src/stages/run-attempt.ts';
import { hashFile } from '../../src/youtube/resumable/index.ts';
import { type StageBench, stageBench, stageError } from '../support/stage-bench.ts';

const never = new AbortController().signal;
const options = ({ store, attempt }: StageBench, own: Partial<AttemptOptions> = {}): AttemptOptions => ({
  ...{ store, attempt: attempt().attempt, cancelled: never, report: () => undefined },
  ...own,
});

test('a superseded attempt is stopped, and says so however its stage reacts', async (t) => {
  const bench = await stageBench(t);
  const file = await bench.recording();
  const work = runAttempt(options(bench), async ({ store, attempt, signal }) => {
    const { videoId } = await store.open(file, attempt);
    store.fence.take(videoId, bench.attempt().attempt);
    await sleep(60_000, undefined, { signal }).catch(() => {
      throw new Error('a library gave up');
    });
  });
  await assert.rejects(work, stageError('SUPERSEDED'));
});

test('it gives signs of life from the start, keeps its videos, and releases them at its end', async (t) => {
  const bench = await stageBench(t);
  const file = await bench.recording();
  let beats = 0;
  const beat = () => {
    beats += 1;
  };
  const videoId = await runAttempt(options(bench, { beat }), async ({ store, attempt }) => {
    assert.equal(beats, 1);
    const workspace = await store.open(file, attempt);
    const { videoId } = workspace;
    await sleep(1500);
    assert.ok(beats > 1);
    assert.ok(store.fence.isBusy(videoId, 1), 'refreshed since it was opened');
    return videoId;
  });
  assert.equal(bench.store.fence.isBusy(videoId, 60), false);
  const after = beats;
  await sleep(1200);
  assert.equal(beats, after);
});

test('it does not take a video it may not have; it asks once for each video', async (t) => {
  const bench = await stageBench(t);
  const [first, second] = [await bench.recording(), await bench.recording('ms_DenvsTu.mov')];
  const asked: string[] = [];
  const admit = (videoId: string) => void asked.push(videoId);
  await runAttempt(options(bench, { admit }), async ({ store, attempt }) => {
    for (const file of [first, second, first]) await store.open(file, attempt);
    await store.open(first, { ...attempt, lane: 'channel' });
  });
  assert.equal(asked.length, 2);

  const holder = bench.attempt().attempt;
  const { videoId } = await bench.store.open(first, holder);
  const refuse = () => {
    throw new StageError('ALREADY_PROCESSED_ELSEWHERE', 'Somebody is at it.', { remedy: 'fix', action: 'Wait.' });
  };
  const refused = runAttempt(options(bench, { admit: refuse }), ({ store, attempt }) => store.open(first, attempt));
  await assert.rejects(refused, stageError('ALREADY_PROCESSED_ELSEWHERE'));
  bench.store.fence.refresh(videoId, holder);
});

test('one that hangs on a disk that does not answer ends, says so, and gives no sign of life meanwhile', async (t) => {
  const bench = await stageBench(t);
  const file = await bench.recording();
  // Opening a pipe that nobody writes to hangs, as a dead network folder does, and hears of no signal.
  const dead = path.join(bench.folder, 'dead.mov');
  execFileSync('mkfifo', [dead]);
  let beats = 0;
  const beat = () => {
    beats += 1;
  };
  const work = runAttempt(options(bench, { beat, stallTimeoutSeconds: 2 }), async ({ store, attempt, signal }) => {
    await store.open(file, attempt);
    return hashFile(dead, { signal });
  });
  // Lets the hanging read go, without which this process would never end.
  await assert.rejects(work, stageError('STALLED')).finally(() => closeSync(openSync(dead, 'r+')));
  assert.ok(beats <= 3, `${beats} beats`);
  const videoId = videoIdOf(await bench.store.recordings.fingerprint(file));
  assert.equal(bench.store.fence.isBusy(videoId, 60), false, 'nobody holds it any longer');
});

test('one that reports, says that it is alive, or pauses on purpose does not count as hung', async (t) => {
  const bench = await stageBench(t);
  const outcome = await runAttempt(options(bench, { stallTimeoutSeconds: 1 }), async (context) => {
    for (let step = 0; step < 4; step += 1) {
      await sleep(700);
      context.report({ note: `step ${step}` });
      await sleep(700);
      context.alive?.();
    }
    await plannedPause(3500, context);
    return 'done';
  });
  assert.equal(outcome, 'done');
});

test('hashing says how far it is, so that a large recording on a slow disk does not count as hung', async (t) => {
  const { folder } = await stageBench(t);
  const file = path.join(folder, 'large.mov');
  writeFileSync(file, Buffer.alloc(5 * 1024 * 1024));
  const told: number[] = [];
  await hashFile(file, { onProgress: (fraction) => told.push(fraction) });
  assert.deepEqual(told, [0.2, 0.4, 0.6, 0.8, 1]);
});
