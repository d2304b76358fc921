import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { openPoseFinder } from '../../src/pose/index.ts';
import { stageError } from '../support/stage-bench.ts';

const width = 320;
const height = 180;
const grey = () => sharp({ create: { width, height, channels: 3, background: '#888' } });

describe('a pose finder', () => {
  it('answers for every picture, whatever its shape, and finds nobody in an empty one', async () => {
    const wide = await grey().jpeg().toBuffer();
    const tall = await grey().rotate(90).png().toBuffer();
    const finder = openPoseFinder({ expected: 13 });
    const answers = await Promise.all(
      Array.from({ length: 13 }, (_, index) =>
        finder.find(index % 2 ? tall : wide, (['close', 'mirrored', 'brief'] as const)[index % 3]),
      ),
    );
    await finder.close();
    assert.deepEqual(
      answers,
      Array.from({ length: 13 }, () => []),
    );
  });

  it('says that it failed on something that is not a picture, and keeps saying so', async () => {
    const finder = openPoseFinder({ expected: 1 });
    await assert.rejects(finder.find(Buffer.from('a poem')), stageError('POSE_FAILED', /pose process/));
    await assert.rejects(finder.find(await grey().png().toBuffer()), stageError('POSE_FAILED'));
    await finder.close();
  });

  it('ends immediately when aborted or closed, and answers nothing more', async () => {
    const abort = new AbortController();
    const aborted = openPoseFinder({ expected: 12, signal: abort.signal });
    const closed = openPoseFinder({ expected: 1 });
    const questions = [aborted, closed].map((finder) => finder.find(Buffer.from('never read')));
    const began = performance.now();
    abort.abort(new Error('enough'));
    const closing = closed.close();
    await assert.rejects(questions[0] as Promise<unknown>, /enough/);
    await assert.rejects(questions[1] as Promise<unknown>, /closed/);
    await Promise.all([closing, aborted.close()]);
    assert.ok(performance.now() - began < 1000);
  });
});
