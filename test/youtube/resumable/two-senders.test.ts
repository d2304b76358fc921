import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chunkBytes, setUp, token } from '../support.ts';

test('two senders on one session: one video, its bytes in order', async (t) => {
  const setting = await setUp(t, { size: 6 * chunkBytes + 3 });
  await setting.upload({ beforeChunk: () => Promise.reject(new Error('only open the session')) }).catch(() => {});
  const pace = () => new Promise<void>((resolve) => setTimeout(resolve, 10 * Math.random()));
  const retry = { attempts: 20, minDelayMs: 5, maxDelayMs: 30 };
  const [one, two] = await Promise.all([
    setting.upload({ beforeChunk: pace, retry }),
    setting.upload({ beforeChunk: pace, retry }),
  ]);
  assert.deepEqual(one.answer, two.answer);
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
});

test('two senders that both find no session: only one session gets bytes', async (t) => {
  const setting = await setUp(t, { size: 3 * chunkBytes });
  // Both load before either has saved; the second to be answered comes well after the first has saved.
  let starts = 0;
  const authorize = async () => {
    starts += 1;
    if (starts === 2) await new Promise((resolve) => setTimeout(resolve, 100));
    return token;
  };
  const retry = { attempts: 20, minDelayMs: 5, maxDelayMs: 30 };
  const [one, two] = await Promise.all([setting.upload({ authorize, retry }), setting.upload({ authorize, retry })]);
  assert.deepEqual(one.answer, two.answer);
  assert.ok((await setting.onlyVideo()).bytes.equals(setting.content));
});

test('what one sender announced, another does not retract', async (t) => {
  const setting = await setUp(t, { size: 2 * chunkBytes });
  const slow = setting.upload({
    beforeChunk: async () => {
      // The session is on record: the other sender finishes the upload on it.
      if ((await setting.store.load())?.sent === 'nothing') await setting.upload();
    },
  });
  await slow;
  assert.deepEqual(
    setting.store.saved.map(({ sent }) => sent).slice(-2),
    ['all', 'all'],
    'the slow one kept what was announced',
  );
  await setting.onlyVideo();
});
