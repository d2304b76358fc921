import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { withBoundedThreads } from '../../src/temporal/workflow-memory.ts';

const tellLimit = `
  const { heap_size_limit } = require('node:v8').getHeapStatistics();
  require('node:worker_threads').parentPort.postMessage(heap_size_limit / 2 ** 20);
`;

async function limitOfThread(): Promise<number> {
  const [megabytes] = await once(new Worker(tellLimit, { eval: true }), 'message');
  return megabytes;
}

describe('threads of the workflows', () => {
  it('have a bounded heap, and others do not', async () => {
    const before = await limitOfThread();
    const bounded = await withBoundedThreads(limitOfThread);
    const after = await limitOfThread();
    assert.ok(bounded < 300, `${bounded} MB`);
    assert.ok(before > 300);
    assert.equal(after, before);
  });

  it('get their limits back when creating one fails', async () => {
    const before = await limitOfThread();
    await assert.rejects(
      withBoundedThreads(async () => {
        throw new Error('no thread');
      }),
    );
    assert.equal(await limitOfThread(), before);
  });
});
