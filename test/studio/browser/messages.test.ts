import assert from 'node:assert/strict';
import test from 'node:test';
import { tell, toasts } from '../../../src/studio/browser/state/toasts.ts';

test('a success never pushes out a problem; the latest of each is there', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const texts = () => toasts.value.map(({ text }) => text);
  tell({ kind: 'problem', text: 'first problem' });
  for (let number = 1; number <= 6; number += 1) tell({ kind: 'done', text: `done ${number}` });
  assert.deepEqual(texts(), ['first problem', 'done 4', 'done 5', 'done 6']);
  for (let number = 1; number <= 4; number += 1) tell({ kind: 'problem', text: `problem ${number}` });
  assert.deepEqual(texts(), ['done 6', 'problem 1', 'problem 2', 'problem 3', 'problem 4']);
  tell({ kind: 'done', text: 'chosen' });
  assert.deepEqual(texts(), ['problem 1', 'problem 2', 'problem 3', 'problem 4', 'chosen']);
  t.mock.timers.tick(60_000);
  assert.deepEqual(texts(), []);
});
