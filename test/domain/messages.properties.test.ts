import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { problemOfResult, resultSchemas } from '../../src/domain/activity-results.ts';
import { asNote, asReason, maxNameBytes, maxPathBytes } from '../../src/domain/bounds.ts';
import { parseCorrections } from '../../src/domain/corrections.ts';
import { StageError } from '../../src/domain/errors.ts';
import { readRetryOrder, readSignal } from '../../src/domain/messages.ts';
import { readSelection } from '../../src/domain/selection.ts';
import { byteLength } from '../../src/domain/text.ts';
import { readUncheckedInput, readVideoInput } from '../../src/domain/video-input.ts';

/** JSON of any shape, with known message fields among its keys. */
const key = fc.oneof(
  fc.constantFrom(
    ...['videoPath', 'selectedFrame', 'frame', 'atSeconds', 'best', 'look', 'undoSeconds', 'template', 'crop', 'topN'],
    ...['hostId', 'templateName', 'selectionTimeoutSeconds', 'selectionPolicy', 'sendAgain', 'host', 'teams', 'title'],
    ...['toString', '__proto__', 'constructor', 'then'],
  ),
  fc.string(),
);
const { value: anyJson } = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
}));

describe('whatever another program sends', () => {
  it('is read, or refused in a short sentence, and never throws', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        for (const read of [readSelection, readSignal, readRetryOrder, readVideoInput]) {
          const outcome = read(value);
          if (typeof outcome === 'string') assert.ok(outcome.length < 600, outcome);
        }
        try {
          parseCorrections(value);
        } catch (error) {
          assert.ok(error instanceof StageError);
        }
        for (const name of Object.keys(resultSchemas)) problemOfResult(name as keyof typeof resultSchemas, value);
        readUncheckedInput({ ...(value as object), videoPath: '/club/a.mov' });
      }),
      { numRuns: 500 },
    );
  });

  it('becomes a note of one short line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => {
        for (const note of [asNote(text), asReason(text)]) {
          assert.ok(note.length <= 600 && !/\p{Cc}/u.test(note));
        }
      }),
    );
    assert.ok(asNote('x'.repeat(2_000_000)).length <= 240);
  });
});

describe('readVideoInput', () => {
  const videoPath = '/club/input/md_AzBvsCzD.mov';

  it('accepts a path alone, null for absent fields, and fields it does not know', () => {
    assert.deepEqual(readVideoInput({ videoPath }), { videoPath });
    const nulls = {
      topN: null,
      templateName: null,
      hostId: null,
      selectionTimeoutSeconds: null,
      selectionPolicy: null,
      corrections: null,
    };
    assert.deepEqual(readVideoInput({ videoPath, ...nulls, later: { version: 9 } }), { videoPath });
    const whole = {
      videoPath,
      topN: 7,
      templateName: 'duel',
      hostId: '0a1b2c3d',
      selectionTimeoutSeconds: 3600,
      selectionPolicy: 'best',
      corrections: { matchType: 'ms', teams: [['An'], ['Bo']], tournament: 'League', date: '2026-02-03' },
    };
    assert.deepEqual(readVideoInput(whole), whole);
    const partNull = { videoPath, corrections: { tournament: ' Winter  Cup ', title: null } };
    assert.deepEqual(readVideoInput(partNull), { videoPath, corrections: { tournament: 'Winter Cup' } });
  });

  const wrong: [object, RegExp][] = [
    [{}, /videoPath/],
    [{ videoPath: 7 }, /videoPath must be text/],
    [{ videoPath: '' }, /videoPath is empty/],
    [{ videoPath: `/${'a/'.repeat(maxPathBytes)}b.mov` }, /videoPath is longer than 4096 bytes/],
    [{ videoPath: `/club/${'é'.repeat(maxNameBytes)}.mov` }, /file name of videoPath is longer than 255 bytes/],
    [{ videoPath: '/club/a\0.mov' }, /zero byte/],
    [{ videoPath, topN: 'five' }, /topN must be a whole number/],
    [{ videoPath, topN: 1000 }, /topN must be a whole number from 1 to 50/],
    [{ videoPath, topN: 2.5 }, /topN must be a whole number/],
    [{ videoPath, templateName: 7 }, /templateName must be text/],
    [{ videoPath, templateName: '../../etc/passwd' }, /templateName must be the name of a design/],
    [{ videoPath, hostId: 'x'.repeat(2000) }, /hostId must be 1 to 64 letters/],
    [{ videoPath, hostId: '' }, /hostId/],
    [{ videoPath, selectionTimeoutSeconds: '1h' }, /selectionTimeoutSeconds must be a number/],
    [{ videoPath, selectionTimeoutSeconds: -1 }, /selectionTimeoutSeconds must not be negative/],
    [{ videoPath, selectionTimeoutSeconds: 1e12 }, /selectionTimeoutSeconds must be at most/],
    [{ videoPath, selectionPolicy: 'x' }, /selectionPolicy must be one of wait, best, cancel/],
    [{ videoPath, corrections: 'md' }, /corrections must be an object/],
    [{ videoPath, corrections: { colour: 'red' } }, /unknown: colour/],
    [{ videoPath, corrections: { date: '2026-02-31' } }, /2026-02-31/],
    [
      { videoPath, corrections: { matchType: 'md', teams: [['An'], ['Bo']] } },
      /An" has one player; Men's Doubles needs/,
    ],
  ];
  for (const [input, sentence] of wrong) {
    it(`names the field of ${JSON.stringify(input).slice(0, 60)}`, () => {
      const refused = readVideoInput(input);
      assert.match(String(refused), sentence);
    });
  }

  it('leaves out unusable fields of a run that began unchecked', () => {
    const old = { videoPath, topN: 'three', selectionTimeoutSeconds: '1h', selectionPolicy: 'best', hostId: null };
    const later = { ...old, corrections: { tournament: 'League' } };
    assert.deepEqual(readUncheckedInput(later), { videoPath, selectionPolicy: 'best' });
    assert.deepEqual(readUncheckedInput(old), { videoPath, selectionPolicy: 'best' });
  });
});

describe('readSelection', () => {
  it('refuses a design that is a path and a name above its bound, and treats null as absent', () => {
    assert.match(String(readSelection({ best: true, look: { template: '../../etc' } })), /name of a design/);
    assert.match(String(readSelection({ frame: 'f'.repeat(1_200_000) })), /frame is longer than 255 bytes/);
    const { choice } = readSelection({ frame: null, best: true, look: null }) as { choice: object };
    assert.deepEqual(choice, { best: true });
    assert.ok(byteLength(String(readSelection({ frame: 'f'.repeat(1_200_000) }))) < 400);
  });
});
