import assert from 'node:assert/strict';
import test from 'node:test';
import { measure } from '../../../src/thumbnail/text/measure.ts';
import { printable } from '../../../src/thumbnail/text/printable.ts';
import { breakAnywhere, wrapEvenly } from '../../../src/thumbnail/text/wrap.ts';

const set = (text: string) => printable(text, 'name', () => {});
const texts = (lines: readonly { text: string }[]) => lines.map((line) => line.text);

test('lines are broken after spaces and hyphens, as evenly as possible', () => {
  assert.deepEqual(texts(wrapEvenly(set('Nguyễn Thị Phượng'), 2)), ['Nguyễn Thị', 'Phượng']);
  assert.deepEqual(texts(wrapEvenly(set('Anne-Marie'), 2)), ['Anne-', 'Marie']);
  assert.deepEqual(texts(wrapEvenly(set('Christopher'), 2)), ['Christopher']);
});

test('a dot between two parts goes where a line ends', () => {
  assert.deepEqual(texts(wrapEvenly(set("Women's Doubles · 27 Nov 2026"), 2)), ["Women's Doubles", '27 Nov 2026']);
});

test('a text is broken after spaces where that suffices, and between letters where it does not', () => {
  const most = measure(set('Three')).width + 0.01;
  assert.deepEqual(texts(breakAnywhere(set('One Two Three'), most)), ['One', 'Two', 'Three']);
  assert.deepEqual(texts(breakAnywhere(set('Christopher'), measure(set('Christ')).width + 0.01)), ['Christ', 'opher']);
  assert.deepEqual(texts(breakAnywhere(set('One'), 100)), ['One']);
});
