import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { openDatabase } from '../../src/workspace/database.ts';
import { type Migration, migrations } from '../../src/workspace/migrations.ts';
import { openStore } from '../../src/workspace/store.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { startNode } from '../support/node-process.ts';
import { recordedFolder } from '../support/recorded-folder.ts';
import { stageError } from '../support/stage-bench.ts';
import { allRows } from './all-rows.ts';

const migrator = new URL('./migrator.ts', import.meta.url);
const opener = new URL('./opener.ts', import.meta.url);
const newest = migrations.length;
/** As they are recorded, but for the holders of videos: a migration forgets them. */
type Tables = ReturnType<typeof allRows>['tables'];
/** Tables that a folder from before there were versions does not have, without rows at first. */
const added = { pick_ups: [] };
const next: Migration = { what: 'Forget the claims', run: (database) => database.exec('DROP TABLE claims') };

describe('the version of the database', () => {
  it('is the newest in a new data folder', async (t) => {
    const folder = await temporaryFolder(t);
    openDatabase(folder).close();
    assert.equal(allRows(folder).version, newest);
  });

  it('of a newer program is refused with a sentence, and nothing is changed', async (t) => {
    const { dataFolder } = await recordedFolder(t);
    openDatabase(dataFolder, { migrations: [...migrations, next] }).close();
    const file = path.join(dataFolder, 'badminton.db');
    const before = readFileSync(file);
    assert.throws(
      () => openStore(dataFolder),
      stageError('NEWER_DATA', new RegExp(`/badminton.db was .* newer .* version ${newest + 1}, .* than ${newest}`)),
    );
    assert.deepEqual(readFileSync(file), before);
  });

  it('stays at the previous one when a migration fails, with all rows; the next opening resumes from there', async (t) => {
    const { dataFolder } = await recordedFolder(t);
    const tables: Tables = { ...allRows(dataFolder).tables, attempts: [] };
    const failing: Migration = {
      what: 'Fail at its end',
      run(database) {
        next.run(database);
        throw new Error('it failed');
      },
    };
    assert.throws(() => openDatabase(dataFolder, { migrations: [...migrations, failing] }), /it failed/);
    assert.deepEqual(allRows(dataFolder), { version: newest, tables: { ...tables, ...added } });
    openDatabase(dataFolder, { migrations: [...migrations, next] }).close();
    const { claims: _, ...others } = tables;
    assert.deepEqual(allRows(dataFolder), { version: newest + 1, tables: { ...others, ...added } });
  });

  it('stays at the previous one when the process is killed midway', async (t) => {
    const { dataFolder } = await recordedFolder(t);
    const tables: Tables = { ...allRows(dataFolder).tables, attempts: [] };
    const noted = path.join(await temporaryFolder(t), 'noted');
    const killed = startNode(t, migrator, dataFolder, '0', noted, 'hang');
    assert.equal(await killed.line(), 'in the middle');
    killed.child.kill('SIGKILL');
    await killed.ended;
    openStore(dataFolder).close();
    assert.deepEqual(allRows(dataFolder), { version: newest, tables: { ...tables, ...added } });
    const again = startNode(t, migrator, dataFolder, '0', noted);
    assert.equal(await again.line(), 'opened');
    assert.equal(allRows(dataFolder).version, newest + 1);
  });

  it('is raised by one of several processes that open it at the same time', async (t) => {
    const { dataFolder } = await recordedFolder(t);
    const noted = path.join(await temporaryFolder(t), 'noted');
    const at = String(Date.now() + 1000);
    const processes = [1, 2, 3, 4].map(() => startNode(t, migrator, dataFolder, at, noted));
    assert.deepEqual(await Promise.all(processes.map(({ line }) => line())), Array(4).fill('opened'));
    assert.equal(readFileSync(noted, 'utf8').trim().split('\n').length, 1, 'the migration ran once');
  });

  it('is raised, in a folder from before versions, by whichever process comes first', async (t) => {
    const { dataFolder } = await recordedFolder(t);
    const at = String(Date.now() + 1000);
    const openers = [1, 2, 3].map(() => startNode(t, opener, dataFolder, at));
    assert.deepEqual(await Promise.all(openers.map(({ line }) => line())), Array(3).fill('entered'));
    const { version, tables } = allRows(dataFolder);
    assert.equal(version, newest);
    assert.equal(tables.claims?.filter(({ workflow_id }) => workflow_id === 'me').length, 3);
  });

  it('is not raised under a program that has the earlier one open', async (t) => {
    const { dataFolder } = await recordedFolder(t);
    const file = path.join(dataFolder, 'badminton.db');
    const today = new DatabaseSync(file);
    atEnd(t, () => today.isOpen && today.close());
    today.exec("INSERT INTO claims VALUES ('video-1', 'it runs')");
    const open = () => openDatabase(dataFolder, { patience: 200 });
    assert.throws(open, stageError('DATA_IN_USE', /badminton\.db is of an earlier version .* another process/));
    today.exec("INSERT INTO claims VALUES ('video-2', 'it still runs')");
    today.close();
    open().close();
    assert.equal(allRows(dataFolder).version, newest);

    const running = openDatabase(dataFolder);
    atEnd(t, () => running.close());
    const newer = () => openDatabase(dataFolder, { migrations: [...migrations, next], patience: 200 });
    assert.throws(newer, stageError('DATA_IN_USE'));
    assert.equal(running.prepare('SELECT count(*) AS n FROM claims WHERE workflow_id LIKE ?').get('it %')?.n, 2);
  });
});
