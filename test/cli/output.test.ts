import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table } from '../../src/cli/output.ts';

test('columns are aligned as a terminal shows them', () => {
  const [, ...lines] = table(
    ['NAME', 'STAGE'],
    [
      ['Nguyen', 'a'],
      // As macOS writes file names: each mark is a separate character, and takes no room.
      ['Nguyễn'.normalize('NFD'), 'b'],
      // Each takes the room of two letters.
      ['김민준', 'c'],
      ['林丹', 'd'],
    ],
  ).split('\n');
  assert.deepEqual(lines, ['Nguyen  a', `${'Nguyễn'.normalize('NFD')}  b`, '김민준  c', '林丹    d']);
});
