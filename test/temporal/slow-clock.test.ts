import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ApplicationFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import pino from 'pino';
import { StageError } from '../../src/domain/errors.ts';
import { asAttempt } from '../../src/temporal/activities/attempt.ts';
import { openStore } from '../../src/workspace/store.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';

const hour = 3_600_000;

for (const [whose, scheduledAhead, expected] of [
  ['as fast as ours', -50, 60_000],
  ['an hour ahead of ours', hour, hour + 60_000],
] as const) {
  it(`tells a workflow to wait for a minute when the server's clock is ${whose}`, async (t) => {
    const store = openStore(await temporaryFolder(t));
    atEnd(t, store.close);
    const now = Date.now();
    const environment = new MockActivityEnvironment(
      { currentAttemptScheduledTimestampMs: now + scheduledAhead },
      { logger: new DefaultLogger('ERROR') },
    );
    const attempt = () =>
      asAttempt({ store, log: pino({ level: 'silent' }), stallTimeoutSeconds: () => 60 }, async () => {
        throw new StageError('STILL_PROCESSING', 'Not yet.', {
          remedy: 'retry',
          action: 'Wait.',
          notBefore: now + 60_000,
        });
      });
    await assert.rejects(environment.run(attempt), ({ details }: ApplicationFailure) => {
      const [{ notBefore }] = details as [{ notBefore: number }];
      assert.ok(Math.abs(notBefore - now - expected) < 5000, `${notBefore - now} ms`);
      return true;
    });
  });
}
