import assert from 'node:assert/strict';
import test from 'node:test';
import { prefix, settings } from '../../src/app/settings/index.ts';
import { choicesOf } from '../../src/app/settings/kind.ts';
import { choiceLabel, labelOf } from '../../src/studio/browser/settings/labels.ts';

test('every setting, and every word that one can be set to, has a label of its own', () => {
  const names = Object.keys(settings).map((name) => prefix + name);
  assert.deepEqual(
    names.filter((name) => labelOf(name) === name),
    [],
  );
  assert.equal(new Set(names.map(labelOf)).size, names.length, 'no two have the same');
  for (const [name, schema] of Object.entries(settings)) {
    const choices = choicesOf(schema) ?? [];
    const told = choices.map((choice) => choiceLabel(prefix + name, choice));
    assert.ok(!told.includes(undefined), `${name}: ${choices} are ${told}`);
    assert.equal(new Set(told).size, choices.length, name);
  }
});
