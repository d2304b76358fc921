import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openDatabase } from '../../src/workspace/database.ts';
import { inTransaction } from '../../src/workspace/in-transaction.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { startNode } from '../support/node-process.ts';

describe('the database', () => {
  it('can be opened, when new, by several processes at the same time', async (t) => {
    const folder = await temporaryFolder(t);
    const script = new URL('./opener.ts', import.meta.url);
    const at = String(Date.now() + 500);
    const openers = [1, 2, 3, 4].map(() => startNode(t, script, folder, at));
    assert.deepEqual(await Promise.all(openers.map(({ line }) => line())), Array(4).fill('entered'));
  });

  it('rolls back a transaction that fails, and reports the first failure even if SQLite has already rolled it back', async (t) => {
    const database = openDatabase(await temporaryFolder(t));
    const claim = () => database.prepare("INSERT INTO claims VALUES ('video-1', 'first')").run();
    const failing = (end: () => void) => () => {
      claim();
      end();
      throw new Error('the first failure');
    };
    assert.throws(
      () =>
        inTransaction(
          database,
          failing(() => {}),
        ),
      /the first failure/,
    );
    assert.throws(
      () =>
        inTransaction(
          database,
          failing(() => database.exec('ROLLBACK')),
        ),
      /the first failure/,
    );
    assert.equal(database.prepare('SELECT count(*) AS n FROM claims').get()?.n, 0);
    inTransaction(database, claim);
    assert.equal(database.prepare('SELECT count(*) AS n FROM claims').get()?.n, 1);
    database.close();
  });
});
