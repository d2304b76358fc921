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
  CREATE TABLE IF NOT EXISTS birth (only INTEGER PRIMARY KEY CHECK (only = 1), at REAL NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS uploads (
    video_id TEXT NOT NULL, target TEXT NOT NULL, sent TEXT NOT NULL, unknown_since REAL,
    PRIMARY KEY (video_id, target)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS upload_orders (
    video_id TEXT NOT NULL, target TEXT NOT NULL, followed TEXT NOT NULL, PRIMARY KEY (video_id, target)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS playlists (
    title TEXT NOT NULL, target TEXT NOT NULL, begun_at REAL NOT NULL, playlist_id TEXT, PRIMARY KEY (title, target)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS quota_spent (
    target TEXT NOT NULL, day TEXT NOT NULL, units INTEGER NOT NULL, uploads INTEGER NOT NULL, PRIMARY KEY (target, day)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS quota_reserved (
    target TEXT NOT NULL, video_id TEXT NOT NULL, units INTEGER NOT NULL, uploads INTEGER NOT NULL, seen REAL NOT NULL,
    PRIMARY KEY (target, video_id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS quota_queue (
    place INTEGER PRIMARY KEY, target TEXT NOT NULL, video_id TEXT NOT NULL, units INTEGER NOT NULL,
    uploads INTEGER NOT NULL, turn REAL NOT NULL, UNIQUE (target, video_id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS told (
    key TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (key, channel)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS quota_refusals (
    target TEXT NOT NULL, bucket TEXT NOT NULL, until REAL NOT NULL, PRIMARY KEY (target, bucket)
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
  database.prepare('INSERT OR IGNORE INTO birth VALUES (1, ?)').run(Date.now());
  return database;
}

/** When the data folder was begun, milliseconds since 1970. */
export function createdAt(database: Database): number {
  return (database.prepare('SELECT at FROM birth').get() as { at: number }).at;
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
