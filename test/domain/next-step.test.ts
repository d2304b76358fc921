import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextStep } from '../../src/domain/next-step.ts';
import { stages } from '../../src/domain/stages.ts';

const id = 'video-0123456789abcdef';

describe('nextStep', () => {
  it('says what happens next for every stage, each in its own words', () => {
    const sentences = stages.map((stage) => nextStep(stage, id));
    assert.equal(new Set(sentences).size, stages.length);
    for (const sentence of sentences) assert.ok(sentence.length > 10, sentence);
  });

  it('gives the command when it is a person’s turn, and none when it is not', () => {
    assert.match(nextStep('WAITING_FOR_SELECTION', id), new RegExp(`npx badminton select ${id}`));
    for (const stage of ['PREPARING', 'RANKING', 'SELECTING', 'ENHANCING', 'UPLOADING', 'COMPLETED'] as const) {
      assert.doesNotMatch(nextStep(stage, id), /npx/);
    }
  });

  it('puts what a parked video needs before the command that resumes it', () => {
    const attention = { stage: 'PREPARING', code: 'BAD_NAME', reason: 'no', action: 'Rename the recording.' } as const;
    const sentence = nextStep('NEEDS_ATTENTION', id, attention);
    assert.match(sentence, new RegExp(`^Rename the recording\\. .*npx badminton retry ${id}.*cancel ${id}`));
    assert.match(nextStep('NEEDS_ATTENTION', id), /npx badminton retry/);
  });
});
