import type { DatabaseSync } from 'node:sqlite';

/** One step from one version of the database to the next; its number is its position in the list, from 1. */
export interface Migration {
  /** What it changes, worded like a commit subject. */
  readonly what: string;
  /** Runs inside a transaction, which also records the new version. */
  run(database: DatabaseSync): void;
}

/**
 * All migrations, in order. Add new ones at the end; never change one that has been in use. A change to another file in
 * the data folder that an older program would misread needs a migration too, even if it changes no table: then the
 * older program stops at the database.
 */
export const migrations: readonly Migration[] = [
  {
    what: 'Make the tables; a database from before there were versions has them, or some of them',
    run: (database) => {
      database.exec(firstTables);
      database.prepare('INSERT OR IGNORE INTO birth VALUES (1, ?)').run(Date.now());
    },
  },
  {
    // No other process has the database open, so every attempt that held a video has ended.
    what: 'Order the attempts at a video by who takes it, not by the wall clock',
    run: (database) => database.exec(`DROP TABLE attempts; ${attemptsInOrder}`),
  },
  {
    what: 'Remember what was picked up from the watched folder, and what of it was cancelled',
    run: (database) => {
      database.exec(`
        CREATE TABLE pick_ups (
          path TEXT PRIMARY KEY, state TEXT NOT NULL, video_id TEXT NOT NULL, is_cancelled INTEGER NOT NULL
        ) STRICT;
      `);
    },
  },
];

const firstTables = `
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

const attemptsInOrder = `
  CREATE TABLE attempts (
    number INTEGER PRIMARY KEY, video_id TEXT NOT NULL, line TEXT NOT NULL, step INTEGER NOT NULL,
    attempt INTEGER NOT NULL, seen REAL, UNIQUE (video_id, line)
  ) STRICT;
`;
