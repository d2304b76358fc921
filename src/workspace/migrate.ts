import { DatabaseSync } from 'node:sqlite';
import { StageError } from '../domain/errors.ts';
import { inTransaction } from './in-transaction.ts';
import type { Migration } from './migrations.ts';
import { isBusy, whenFree } from './sqlite-busy.ts';

/** How many migrations a database has had: 0 for a new one, and for one from before there were versions. */
export function databaseVersion(database: DatabaseSync): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

/**
 * Migrates the database to the newest version, with one transaction per step, so that a process that is killed leaves
 * an intact database of some version. No other process may have it open meanwhile: it would continue to write in the
 * earlier version's form. In WAL mode, every process that has the database open keeps a lock on it.
 * @param patience milliseconds to wait for other processes
 * @throws StageError DATA_IN_USE if another process keeps it open
 */
export function migrate(file: string, migrations: readonly Migration[], patience: number): void {
  try {
    // Reopened for each try: if two processes want it exclusively, neither may hold part of the lock while it waits.
    whenFree(patience, () => migrateAlone(file, migrations));
  } catch (error) {
    throw isBusy(error) ? inUse(file, error) : error;
  }
}

function migrateAlone(file: string, migrations: readonly Migration[]): void {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    for (const [index, migration] of migrations.entries()) {
      const number = index + 1;
      if (databaseVersion(database) >= number) continue;
      inTransaction(database, () => {
        migration.run(database);
        database.exec(`PRAGMA user_version = ${number}`);
      });
    }
  } finally {
    database.close();
  }
}

function inUse(file: string, cause: unknown): StageError {
  const message = `${file} is of an earlier version of this program, and another process has it open: it cannot be carried over meanwhile.`;
  return new StageError('DATA_IN_USE', message, {
    remedy: 'fix',
    action: 'End what runs on this data folder (npm start, a worker, a studio), then start this again.',
    cause,
  });
}
