import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { StageError } from '../../src/domain/errors.ts';
import { type AttemptOptions, runAttempt } from '../../src/stages/run-attempt.ts';
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
