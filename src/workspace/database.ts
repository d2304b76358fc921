import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseVersion, migrate } from './migrate.ts';
import { type Migration, migrations as ours } from './migrations.ts';
import { newerData } from './newer-data.ts';
import { whenFree } from './sqlite-busy.ts';

export type Database = DatabaseSync;

export interface OpenDatabaseOptions {
  readonly migrations?: readonly Migration[];
  /** Milliseconds to wait for other processes; ten seconds by default. */
  readonly patience?: number;
}

/**
 * Opens the program's own small database, migrated to the version this program knows. SQLite, because several processes
 * on one machine share it and the operating system releases its locks when a process is killed: no lock file can be
 * left behind.
 * @throws StageError NEWER_DATA if a newer version of the program has used it; DATA_IN_USE if it is from an earlier
 *   version and another process has it open
 */
export function openDatabase(
  dataFolder: string,
  { migrations = ours, patience = 10_000 }: OpenDatabaseOptions = {},
): Database {
  mkdirSync(dataFolder, { recursive: true });
  const file = path.join(dataFolder, 'badminton.db');
  const database = openKnown(file, migrations.length, patience);
  if (database) return database;
  migrate(file, migrations, patience);
  return openDatabase(dataFolder, { migrations, patience });
}

/**
 * Undefined if the database is from an earlier version. A returned one keeps the known version as long as it is open.
 */
function openKnown(file: string, known: number, patience: number): Database | undefined {
  const database = new DatabaseSync(file, { timeout: patience });
  try {
    // SQLite's own timeout does not cover an exclusive lock.
    const version = whenFree(patience, () => databaseVersion(database));
    if (version > known) throw newerData(file, version, known);
    if (version === known) {
      database.exec('PRAGMA synchronous = FULL');
      return database;
    }
  } catch (error) {
    database.close();
    throw error;
  }
  database.close();
  return undefined;
}
/**
 * When the data folder was created: milliseconds since 1970. If that lies in the future, the clock has been set back
 * since, and the folder counts as created now: it then grows old by the new clock.
 */
export function createdAt(database: Database, now: number): number {
  const { at } = database.prepare('SELECT at FROM birth').get() as { at: number };
  if (at <= now) return at;
  database.prepare('UPDATE birth SET at = ? WHERE at > ?').run(now, now);
  return now;
}
