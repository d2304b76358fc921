import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { cacheFolder } from '../../src/app/cache-folder.ts';

test('XDG_CACHE_HOME says where the cache is', () => {
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/somewhere/else' }), '/somewhere/else/cafe-badminton');
});

for (const value of ['', 'cache', './cache', '../cache', '~/.cache']) {
  test(`XDG_CACHE_HOME="${value}" counts as not set`, () => {
    const folder = cacheFolder({ XDG_CACHE_HOME: value });
    assert.equal(folder, cacheFolder({}));
    assert.ok(folder.startsWith(homedir() + path.sep), folder);
  });
}
