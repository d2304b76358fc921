import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onOneLine, table } from '../../src/cli/output.ts';

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

test('what others wrote cannot break the table, move the cursor or turn the writing round', () => {
  const [, ...lines] = table(
    ['NAME', 'STAGE'],
    [
      ['ms_One\nTwo\r\tThree\u2028', 'a'],
      ['\u001b[2J\u001b[31mred\u001b[0m\u0007\u009b1A\u202egnp', 'b'],
    ],
  ).split('\n');
  assert.equal(lines.length, 2);
  assert.equal(lines[0], 'ms_One Two Three  a');
  assert.match(lines[1] ?? '', /^red gnp +b$/);
  assert.equal(onOneLine('a family: 👨‍👩‍👧'), 'a family: 👨‍👩‍👧');
});
