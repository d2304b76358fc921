import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { findPeople, type Person } from '../../src/pose/index.ts';
import { stageError } from '../support/stage-bench.ts';

const width = 320;
const height = 180;
const grey = () => sharp({ create: { width, height, channels: 3, background: '#888' } });

describe('findPeople', () => {
  it('answers for every picture once, whatever its shape, and finds nobody in an empty one', async () => {
    const wide = await grey().jpeg().toBuffer();
    const tall = await grey().rotate(90).png().toBuffer();
    const pictures = Array.from({ length: 13 }, (_, index) => (index % 2 ? tall : wide));
    const found = new Map<number, readonly Person[]>();
    await findPeople(pictures, { onPeople: (index, people) => found.set(index, people) });
    assert.deepEqual(
      [...found.keys()].sort((a, b) => a - b),
      pictures.map((_, index) => index),
    );
    assert.ok([...found.values()].every((people) => people.length === 0));
  });

  it('starts nothing for no pictures', async () => {
    await findPeople([], { onPeople: () => assert.fail('there is no picture') });
  });

  it('says that it failed on what is no picture, and ends at once when aborted', async () => {
    const onPeople = () => {};
    await assert.rejects(findPeople([Buffer.from('a poem')], { onPeople }), stageError('POSE_FAILED', /pose process/));
    const abort = new AbortController();
    const pictures = Array.from({ length: 12 }, () => Buffer.from('never read'));
    const finding = findPeople(pictures, { onPeople, signal: abort.signal });
    abort.abort(new Error('enough'));
    await assert.rejects(finding, /enough/);
  });
});
