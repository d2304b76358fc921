import assert from 'node:assert/strict';
import test from 'node:test';
import { channels, contrast, mix } from '../../../src/thumbnail/themes/colour.ts';
import { findTheme, themeForTournament, themeNames } from '../../../src/thumbnail/themes/themes.ts';

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
    assert.equal(themeForTournament(tournament), theme, tournament);
});

test('contrast follows its definition', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  // Reference values of the WebAIM contrast checker.
  assert.equal(contrast(channels('#777777'), [255, 255, 255]).toFixed(2), '4.48');
  assert.equal(contrast(channels('#0000ff'), [255, 255, 255]).toFixed(2), '8.59');
});

test('every text colour keeps 4.5 on every colour its panel can take', () => {
  for (const name of themeNames) {
    const theme = findTheme(name);
    for (const base of theme.panel) {
      for (const facet of [mix(base, '#ffffff', theme.facetDepth), mix(base, '#000000', theme.facetDepth)]) {
        for (const role of ['text', 'muted', 'title'] as const) {
          const ratio = contrast(channels(theme[role]), channels(facet));
          assert.ok(ratio >= 4.5, `${name} ${role} on ${facet}: ${ratio.toFixed(2)}`);
        }
      }
    }
    assert.ok(contrast(channels(theme.onAccent), channels(theme.accent)) >= 4.5, `${name} on its accent`);
  }
});
