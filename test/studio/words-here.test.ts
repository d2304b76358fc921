import assert from 'node:assert/strict';
import test from 'node:test';
import { changeLater } from '../../src/domain/change-later.ts';
import { nextStep, waitingStep } from '../../src/domain/next-step.ts';
import { stages } from '../../src/domain/stages.ts';
import { askLater } from '../../src/stages/upload/ask-later.ts';
import { aboutFile, wordsHere } from '../../src/studio/words-here.ts';
import { noAnswer, noWorker } from '../../src/temporal/client/errors.ts';

const id = 'video-0123456789abcdef';

test('a page names buttons, not commands of the terminal, whatever happens next to a video', () => {
  const attention = { stage: 'RANKING', code: 'DECODER_FAILED', reason: 'No.', action: 'Copy it again.' } as const;
  const day = 24 * 3_600_000;
  const said = [
    ...stages.map((stage) => nextStep(stage, id, attention)),
    waitingStep(
      { code: 'X', reason: 'The quota is used up.', action: 'Nothing to do.', until: '2026-12-01T08:00:00Z' },
      id,
    ),
    'A retry repeats the stages before this one. In a terminal, without Temporal: npx badminton stage rank FILE',
    askLater(id, 0, 60_000).action,
    askLater(id, 0, 2 * day).action,
    changeLater(id),
    changeLater('ID --frame NUMBER'),
    noAnswer(id, new Error('lost')).message,
    noWorker().message,
    `The choice is about to be carried out; to undo it: npx badminton select ${id} --undo`,
    'No worker on court-2 had picked this up by 18:00: it was busy, or not running (start one with npx badminton worker).',
    'No worker on court-2 has asked for work lately: it is off or not running (start one there with npx badminton worker).',
    'Correct the title with: npx badminton correct',
    'Correct it with `npx badminton correct`.',
    'Choose another frame: npx badminton select ID',
  ].map(wordsHere);
  for (const sentence of said) {
    assert.doesNotMatch(sentence, /npx|--send|video-0123|\.\.|[:(]\s*$/);
    assert.match(sentence, /^\S.*\.$/);
  }
  assert.ok(said.includes('Copy it again. Then press Retry, or cancel it.'));
  assert.ok(said.some((sentence) => sentence.endsWith('change it on its page, under “Change the published video”.')));
  assert.ok(said.includes('Waiting for a person to choose the frame.'));
});

test('signing in is done under Settings; to a rehearsal, only a command does it', () => {
  assert.equal(wordsHere('Nobody is. Sign in with: npx badminton auth'), 'Nobody is. Sign in under Settings.');
  const rehearsal = 'Sign in with: npx badminton auth --rehearse';
  assert.equal(wordsHere(rehearsal), rehearsal);
});

test('a file is named once', () => {
  assert.equal(aboutFile('x.mov', 'x.mov is empty.'), 'x.mov is empty.');
  assert.equal(aboutFile('x.mov', 'The disk is full.'), 'x.mov: The disk is full.');
});
