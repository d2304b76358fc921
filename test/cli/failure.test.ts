import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOf } from '../../src/cli/failure.ts';

test('after a failure and another one while closing, a person is told what went wrong first', async () => {
  const failing = async () => {
    await using opened = new AsyncDisposableStack();
    opened.defer(() => {
      throw new Error('The database is closed already.');
    });
    throw new Error('Port 7233 is used by another program.');
  };
  const error = await failing().catch((thrown: unknown) => thrown);
  assert.ok(error instanceof SuppressedError);
  assert.deepEqual(failureOf(error), { message: 'Port 7233 is used by another program.', exitCode: 1 });
});
