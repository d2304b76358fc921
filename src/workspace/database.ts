import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { whenFree } from './sqlite-busy.ts';

export type Database = DatabaseSync;

/** Milliseconds to wait for other processes. */
const patience = 10_000;

const schema = `
  CREATE TABLE IF NOT EXISTS recordings (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified REAL NOT NULL, fingerprint TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS attempts (
    video_id TEXT PRIMARY KEY, token TEXT NOT NULL, rank REAL NOT NULL, seen REAL NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS claims (video_id TEXT PRIMARY KEY, workflow_id TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS publications (
    fingerprint TEXT NOT NULL, target TEXT NOT NULL, youtube_id TEXT NOT NULL, watch_url TEXT NOT NULL,
    title TEXT NOT NULL, recording TEXT NOT NULL, published_at TEXT NOT NULL,
    PRIMARY KEY (fingerprint, target)
  ) STRICT;
`;

/**
 * Opens the program's own small database. SQLite, because several processes of one machine share it and the
 * operating system gives its locks back when a process is killed: no lock file can be left behind.
 */
export function openDatabase(dataFolder: string): Database {
  mkdirSync(dataFolder, { recursive: true });
  const database = new DatabaseSync(path.join(dataFolder, 'badminton.db'), { timeout: patience });
  // SQLite's own patience does not cover the switch to WAL while another process makes it too.
  whenFree(patience, () => database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${schema}`));
  return database;
}

/** Runs `work` in one write transaction; other processes wait for it. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // Some failures (a full disk) have ended the transaction already; a second error would hide the first.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
