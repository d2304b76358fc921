import assert from 'node:assert/strict';
import test from 'node:test';
import { openDesigns } from '../../../src/thumbnail/designs/designs.ts';
import { channels, contrast } from '../../../src/thumbnail/themes/colour.ts';

const fail = (sentence: string) => assert.fail(sentence);

test('the theme follows the tournament', () => {
  const expected = {
    'Cafe Game': 'blue',
    '': 'blue',
    'Friendly Game': 'white',
    'friendly game ': 'white',
    Tournament: 'purple',
    'Tour 2024': 'purple',
    TOURNEY: 'purple',
    Detour: 'blue',
  };
  for (const [tournament, theme] of Object.entries(expected))
    assert.equal(openDesigns().themeFor(tournament, fail).name, theme, tournament);
});

test('contrast follows its definition', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  // Reference values of the WebAIM contrast checker.
  assert.equal(contrast(channels('#777777'), [255, 255, 255]).toFixed(2), '4.48');
  assert.equal(contrast(channels('#0000ff'), [255, 255, 255]).toFixed(2), '8.59');
});
