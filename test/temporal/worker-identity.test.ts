import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readWorkerIdentity, workerIdentity } from '../../src/temporal/worker-identity.ts';

describe('readWorkerIdentity', () => {
  it('reads the machine that a worker gives, whatever it is called', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 64 }),
        fc.nat(),
        fc.constantFrom('ab12cd34', '0000000f'),
        (name, pid, id) => {
          assert.deepEqual(readWorkerIdentity(workerIdentity({ id, name }, pid)), { id, name });
        },
      ),
    );
  });

  it('knows only a name of a worker of an earlier version, or of another program', () => {
    assert.deepEqual(readWorkerIdentity('court-2/4711'), { name: 'court-2' });
    assert.deepEqual(readWorkerIdentity('4711@court-2'), { name: '4711@court-2' });
    assert.deepEqual(readWorkerIdentity(''), { name: '' });
  });
});
