import assert from 'node:assert/strict';
import test from 'node:test';
import { measure } from '../../../src/thumbnail/text/measure.ts';
import { printable } from '../../../src/thumbnail/text/printable.ts';
import { fillLines, shorten, wrapEvenly } from '../../../src/thumbnail/text/wrap.ts';

const set = (text: string) => printable(text, 'name', () => {});
const texts = (lines: readonly { text: string }[]) => lines.map((line) => line.text);

test('lines are broken after spaces and hyphens, as evenly as possible', () => {
  assert.deepEqual(texts(wrapEvenly(set('Nguyễn Thị Phượng'), 2)), ['Nguyễn Thị', 'Phượng']);
  assert.deepEqual(texts(wrapEvenly(set('Anne-Marie'), 2)), ['Anne-', 'Marie']);
  assert.deepEqual(texts(wrapEvenly(set('Christopher'), 2)), ['Christopher']);
});

test('a shortened text is as long as will fit, and whole if it fits', () => {
  const words = set('Christopher');
  assert.equal(shorten(words, measure(words).width).text, 'Christopher');
  const shortened = shorten(words, measure(words).width - 0.01);
  assert.match(shortened.text, /^Christo.*…$/);
  assert.ok(measure(shortened).width <= measure(words).width);
});

test('only the last filled line is shortened', () => {
  const words = set('One Two Three Four');
  const [first, second, ...rest] = texts(fillLines(words, 2, measure(set('One Two')).width + 0.01));
  assert.equal(first, 'One Two');
  assert.match(second ?? '', /^Thre.*…$/);
  assert.deepEqual(rest, []);
});
