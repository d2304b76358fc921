import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { repeatMovie } from '../../bench/repeat-movie.ts';
import { retryStage } from '../../src/temporal/client/control.ts';
import { describeVideo, type RunningStep } from '../../src/temporal/client/progress.ts';
import { endsWithin } from '../child/processes.ts';
import { childrenOf } from '../support/children.ts';
import { type Rig, startRig, statusOf, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

const scanning = /looked at/;
const posing = /looking for players/;

describe('the ranking of a real recording in the workflow', { timeout: 300_000 }, () => {
  let rig: Rig;
  let others: ReadonlySet<number>;
  before(async () => {
    rig = await startRig({ settings: { BADMINTON_POSE: 'on', BADMINTON_HEARTBEAT_TIMEOUT: '20s' } });
    others = new Set(childrenOf(process.pid));
  });
  after(() => rig.close());

  /** Ten minutes, so that each pass takes seconds. */
  async function longMatch(name: string, seed: number): Promise<string> {
    const file = path.join(rig.folder, 'input', name);
    const short = await smallMatch(path.join(rig.folder, `${seed}.mov`), { seed });
    await mkdir(path.dirname(file), { recursive: true });
    await repeatMovie(short, file, 600);
    return file;
  }
  /** The processes started by the worker's stages. */
  const children = () => childrenOf(process.pid).filter((pid) => !others.has(pid));

  async function untilStep(handle: WorkflowHandle, wanted: (step: RunningStep) => boolean): Promise<RunningStep> {
    for (const deadline = Date.now() + 120_000; ; await sleep(20)) {
      const { step } = await describeVideo(rig.client, handle.workflowId);
      if (step?.activity === 'rankThumbnailsActivity' && wanted(step)) return step;
      if (Date.now() > deadline) throw new Error(`not reached: ${JSON.stringify(await statusOf(handle))}`);
    }
  }
  const at = (note: RegExp) => (step: RunningStep) => !step.waiting && note.test(step.progress?.note ?? '');

  for (const [index, [what, note]] of (
    [
      ['decoder', scanning],
      ['processes of the pose model', posing],
    ] as const
  ).entries()) {
    it(`is cancelled together with the ${what} within five seconds`, async () => {
      const file = await longMatch(`md_AzBvsCzD_${index}.mov`, 400 + index);
      const handle = await rig.start(file);
      await untilStep(handle, at(note));
      const running = children();
      assert.ok(running.length > 0);
      const asked = Date.now();
      await handle.cancel();
      // One that had done its work before is kept for three seconds.
      for (const pid of running) assert.ok(await endsWithin(pid, asked + 5000 - Date.now()), `${pid} goes on`);
      await assert.rejects(handle.result(), WorkflowFailedError);
      assert.equal((await handle.describe()).status.name, 'CANCELLED');
      for (const pid of children()) assert.ok(await endsWithin(pid, 5000), `${pid} was kept`);
      assert.deepEqual(children(), []);
      assert.ok(existsSync(file));
    });
  }

  it('reports a never-falling fraction by heartbeat, and a worker that takes over does not scan again', async () => {
    const handle = await rig.start(await longMatch('md_EzFvsGzH.mov', 402));
    const seen: number[] = [];
    const watch = (step: RunningStep) => {
      const { fraction } = step.progress ?? {};
      if (fraction !== undefined && fraction !== seen.at(-1)) seen.push(fraction);
      return true;
    };
    const first = await untilStep(handle, (step) => watch(step) && at(posing)(step));
    assert.equal(first.attempt, 1);
    await rig.restartWorker();
    const notes = new Set<string>();
    let again: RunningStep = first;
    while (again.activity === 'rankThumbnailsActivity') {
      const { step } = await describeVideo(rig.client, handle.workflowId);
      if (!step) break;
      again = step;
      if (again.attempt > 1 && again.progress) notes.add(again.progress.note);
      await sleep(50);
    }
    const { candidates } = await untilStage(handle, 'WAITING_FOR_SELECTION');
    assert.equal(candidates?.length, 5);
    assert.ok(![...notes].some((note) => scanning.test(note)), [...notes].join());
    assert.ok(
      [...notes].some((note) => posing.test(note)),
      [...notes].join(),
    );
    assert.ok(seen.length > 1 && seen.every((fraction) => fraction >= 0 && fraction <= 1), seen.join());
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
    await handle.terminate();
  });

  it('survives killed decoders: says so, waits for a person, and resumes when told to', async () => {
    const handle = await rig.start(await longMatch('md_IzJvsKzL.mov', 403));
    for (let attempt = 1; attempt <= 2; attempt++) {
      // The previous attempt's report is still there when the next begins; only its process shows that it is working.
      await untilStep(handle, (step) => step.attempt === attempt && at(scanning)(step) && children().length > 0);
      for (const pid of children()) process.kill(pid, 'SIGKILL');
    }
    const parked = await untilStage(handle, 'NEEDS_ATTENTION');
    assert.match(JSON.stringify(parked), /decoder process was ended by SIGKILL/);
    await retryStage(rig.client, handle.workflowId);
    const { candidates } = await untilStage(handle, 'WAITING_FOR_SELECTION', 120);
    assert.equal(candidates?.length, 5);
    await handle.terminate();
  });
});
