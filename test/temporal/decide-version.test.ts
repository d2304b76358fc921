import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decide } from '../../src/temporal/versions/decide.ts';
import { buildIdOf, ownVersion, readBuildId } from '../../src/temporal/versions/program-version.ts';

const own = { changes: 7, release: '0.1.0', hash: '0123456789abcdef' };
const other = (changes: number) => buildIdOf({ changes, release: '1.0.0-rc.1', hash: 'fedcba9876543210' });

describe('which version runs the videos', () => {
  it('is the first one where none is set', () => {
    assert.equal(decide(own, { buildId: undefined, isRunning: false }, true), 'take over');
  });

  it('is never one that knows fewer changes, whether or not one with more is running', () => {
    for (const isRunning of [true, false]) {
      for (const isStart of [true, false]) {
        const standing = decide(own, { buildId: other(8), isRunning }, isStart);
        assert.deepEqual(standing, { kind: 'older', than: readBuildId(other(8)), isRunning });
        assert.equal(decide(own, { buildId: other(6), isRunning }, isStart), 'take over');
      }
    }
  });

  it('is, of those that know the same changes, the one that started last, until it is off', () => {
    assert.equal(decide(own, { buildId: other(7), isRunning: true }, true), 'take over');
    assert.deepEqual(decide(own, { buildId: other(7), isRunning: true }, false), { kind: 'equal' });
    assert.equal(decide(own, { buildId: other(7), isRunning: false }, false), 'take over');
    assert.deepEqual(decide(own, { buildId: buildIdOf(own), isRunning: false }, true), { kind: 'runs' });
  });

  it('is left to whoever has set one that this program has not named', () => {
    const standing = decide(own, { buildId: 'by-hand', isRunning: true }, true);
    assert.deepEqual(standing, { kind: 'foreign', buildId: 'by-hand' });
  });

  it('is read back from its name on the server', () => {
    assert.deepEqual({ ...readBuildId(buildIdOf(ownVersion())) }, ownVersion());
    const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 16, maxLength: 16 });
    const version = fc.record(
      {
        changes: fc.nat(999_999),
        release: fc.stringMatching(/^\d+\.\d+\.\d+(-[a-z]+(\.\d+)?)?$/),
        hash,
      },
      { noNullPrototype: true },
    );
    fc.assert(fc.property(version, (one) => assert.deepEqual(readBuildId(buildIdOf(one)), one)));
  });

  it('counts every change: only patches.ts calls patched, and its argument is typed', () => {
    const folder = new URL('../../src/temporal/workflows/', import.meta.url);
    const callers = readdirSync(folder).filter((name) =>
      /\b(patched|deprecatePatch)\b.*from '@temporalio\/workflow'|^ {2}(patched|deprecatePatch),$/m.test(
        readFileSync(new URL(name, folder), 'utf8'),
      ),
    );
    assert.deepEqual(callers, ['patches.ts']);
  });
});
