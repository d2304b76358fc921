import assert from 'node:assert/strict';
import test from 'node:test';
import { keepUpTo } from '../../src/thumbnail/kept.ts';

/** What was made, in order, when these keys were requested one after another. */
async function madeFor(keys: readonly string[], mostBytes: number): Promise<string> {
  const kept = keepUpTo<string>(mostBytes, (text) => text.length);
  let made = '';
  for (const key of keys) {
    const got = await kept.get(key, async () => {
      made += key;
      return key;
    });
    assert.equal(got, key);
  }
  return made;
}

test('anything that fits is made once', async () => {
  assert.equal(await madeFor([...'abcabc'], 3), 'abc');
});

test('the least recently used is forgotten first', async () => {
  assert.equal(await madeFor([...'abcaddbca'], 3), 'abcdbca');
});

test('anything too large on its own is not kept, and evicts nothing', async () => {
  assert.equal(await madeFor(['a', 'long', 'long', 'a'], 3), 'alonglong');
});

test('a failure is not remembered', async () => {
  const kept = keepUpTo<string>(10, (text) => text.length);
  await assert.rejects(
    kept.get('a', () => Promise.reject(new Error('not yet'))),
    /not yet/,
  );
  assert.equal(await kept.get('a', async () => 'now'), 'now');
});
