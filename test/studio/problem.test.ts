import assert from 'node:assert/strict';
import test from 'node:test';
import { Hono } from 'hono';
import { answerProblem } from '../../src/studio/server/problem.ts';
import { noAnswer } from '../../src/temporal/client/errors.ts';

test('an update whose answer is lost is answered with a status and a kind of its own, and is no surprise', async () => {
  const logged: unknown[] = [];
  const app = new Hono();
  app.onError((error, c) => answerProblem(c, error, (unexpected) => logged.push(unexpected)));
  app.post('/select', () => {
    throw noAnswer('video-0123456789abcdef', undefined);
  });
  const answer = await app.request('/select', { method: 'POST' });
  assert.equal(answer.status, 504);
  const { problem, outcome } = (await answer.json()) as { problem: string; outcome: string };
  assert.equal(outcome, 'unknown');
  assert.match(problem, /may have been done.*status video-0123456789abcdef/);
  assert.deepEqual(logged, []);
});
