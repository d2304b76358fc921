import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import type { Kept } from '../../src/thumbnail/kept.ts';
import { createMemory, type Memory } from '../../src/thumbnail/memory.ts';
import { renderThumbnail } from '../../src/thumbnail/render-thumbnail.ts';
import type { ThumbnailRequest } from '../../src/thumbnail/request.ts';
import { hall, requestFor, temporaryFolder } from './pictures.ts';

/** A memory, and the names of what it did not have. */
function watchedMemory(): { memory: Memory; made: string[] } {
  const made: string[] = [];
  const watched = <T>(name: string, kept: Kept<T>): Kept<T> => ({
    get: (key, make) =>
      kept.get(key, () => {
        made.push(name);
        return make();
      }),
  });
  const { photos, crops, finished, logos } = createMemory();
  const memory = {
    photos: watched('photo', photos),
    crops: watched('crop', crops),
    finished: watched('finished', finished),
    logos: watched('logo', logos),
  };
  return { memory, made };
}

test('changing the text redraws only text, and what is remembered equals what would be drawn afresh', async (t) => {
  const photo = join(await temporaryFolder(t), 'frame.png');
  await hall(1280, 720, [0.4, 0.6]).png().toFile(photo);
  const { memory, made } = watchedMemory();
  const matchOf = (name: string): Partial<ThumbnailRequest> => ({
    match: { matchType: 'ms', teams: [[name], ['Leo']], tournament: 'Cafe Game' },
  });
  const steps: [Partial<ThumbnailRequest>, string[]][] = [
    [matchOf('Huy'), ['photo', 'crop', 'finished']],
    [matchOf('Phượng'), []],
    [{ ...matchOf('Phượng'), theme: 'purple', date: '2025-01-01' }, []],
    [{ grade: 'classic' }, ['finished']],
    [{ crop: { x: 0.1, y: 0.1, width: 0.5, height: 0.5 } }, ['crop', 'finished']],
    [{ size: { width: 1920, height: 1080 } }, ['finished']],
    [matchOf('Huy'), []],
  ];
  for (const [changes, expected] of steps) {
    const request = requestFor(photo, changes);
    const { jpeg } = await renderThumbnail(request, memory);
    assert.deepEqual(made.splice(0), expected, JSON.stringify(changes));
    assert.ok(jpeg.equals((await renderThumbnail(request)).jpeg), JSON.stringify(changes));
  }
});
