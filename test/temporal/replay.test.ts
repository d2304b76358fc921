import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Worker } from '@temporalio/worker';
import pino from 'pino';
import { cacheFolder } from '../../src/app/cache-folder.ts';
import { workflowBundle } from '../../src/temporal/bundle.ts';
import { installRuntime } from '../../src/temporal/worker.ts';

const histories = new URL('./histories/', import.meta.url);
const names = readdirSync(histories).filter((name) => name.endsWith('.json'));
const read = (name: string) => JSON.parse(readFileSync(new URL(name, histories), 'utf8'));

installRuntime(pino({ level: 'silent' }));

/** A change that would break videos in progress fails here before it is merged. */
describe('replay of recorded histories', () => {
  it('has histories to replay', () => assert.ok(names.length >= 4));

  for (const name of names) {
    it(`still replays ${name} as recorded`, async () => {
      await Worker.runReplayHistory({ workflowBundle: await bundle() }, read(name));
    });
  }

  it('still replays all of them where videos are traced', async () => {
    const all = names.map((name) => ({ workflowId: name, history: read(name) }));
    let replayed = 0;
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: await bundle(true) }, all)) {
      assert.ifError(error && Object.assign(error, { message: `${workflowId}: ${error.message}` }));
      replayed += 1;
    }
    assert.equal(replayed, names.length);
  });

  for (const corrections of [{ tournament: 'League' }, 'wrong']) {
    it(`ignores ${JSON.stringify(corrections)} in the input of a run from before it could have any`, async () => {
      // Its input was checked, but not yet for corrections.
      const history = read('foreign-and-waiting.json');
      const [payload] = history.events[0].workflowExecutionStartedEventAttributes.input.payloads;
      const input = JSON.parse(Buffer.from(payload.data, 'base64').toString());
      payload.data = Buffer.from(JSON.stringify({ ...input, corrections })).toString('base64');
      await Worker.runReplayHistory({ workflowBundle: await bundle() }, history);
    });
  }

  it('notices a workflow that would now behave differently', async () => {
    const history = read(names[0] as string);
    const scheduled = history.events.find(
      (event: Record<string, unknown>) => event.activityTaskScheduledEventAttributes,
    );
    scheduled.activityTaskScheduledEventAttributes.activityType.name = 'somethingElseActivity';
    await assert.rejects(Worker.runReplayHistory({ workflowBundle: await bundle() }, history));
  });
});

async function bundle(isTraced = false) {
  return { codePath: await workflowBundle(cacheFolder(process.env), isTraced) };
}
