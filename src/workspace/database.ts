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
 * Opens the program's own small database, carried over to the version that this program knows. SQLite, because several
 * processes of one machine share it and the operating system gives its locks back when a process is killed: no lock file
 * can be left behind.
 * @throws StageError NEWER_DATA when a newer version of the program has used it; DATA_IN_USE when it is of an earlier
 *   one, and another process has it open
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

/** Undefined when it is of an earlier version. What is given is of the version that is known as long as it is open. */
function openKnown(file: string, known: number, patience: number): Database | undefined {
  const database = new DatabaseSync(file, { timeout: patience });
  try {
    // SQLite's own patience does not cover an exclusive lock.
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
/** When the data folder was begun, milliseconds since 1970. */
export function createdAt(database: Database): number {
  return (database.prepare('SELECT at FROM birth').get() as { at: number }).at;
}
