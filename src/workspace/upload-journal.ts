import type { Database } from './database.ts';
import type { PublishTarget } from './ledger.ts';

/** The most that may have left for the server, noted before it leaves. */
export type Announced = 'nothing' | 'some' | 'all';

export interface BegunUpload {
  readonly sent: Announced;
  /** Milliseconds since 1970: since when nobody can say whether a video came of it. */
  readonly unknownSince?: number;
}

/**
 * Which recordings have begun to leave this machine, and how much of them at most. Kept apart from the workspace with
 * its upload session: when that is lost, this still says whether a video can have come of it. Only a whole upload
 * becomes a video.
 */
export interface UploadJournal {
  find(videoId: string, target: PublishTarget): BegunUpload | undefined;
  /** Forgets an earlier unknown outcome. */
  note(videoId: string, target: PublishTarget, sent: Announced): void;
  /** Notes that the outcome is unknown. Gives since when, which the first call decides. */
  outcomeUnknown(videoId: string, target: PublishTarget, now: number): number;
  /** The outcome is on record elsewhere, or a person said that there is none. */
  forget(videoId: string, target: PublishTarget): void;
}

export function openUploadJournal(database: Database): UploadJournal {
  const find = database.prepare('SELECT sent, unknown_since AS since FROM uploads WHERE video_id = ? AND target = ?');
  const save = database.prepare('INSERT OR REPLACE INTO uploads VALUES (?, ?, ?, NULL)');
  const setUnknown = database.prepare(`INSERT INTO uploads VALUES (?, ?, 'all', ?)
    ON CONFLICT DO UPDATE SET sent = 'all', unknown_since = coalesce(unknown_since, excluded.unknown_since)
    RETURNING unknown_since AS since`);
  const drop = database.prepare('DELETE FROM uploads WHERE video_id = ? AND target = ?');
  return {
    find(videoId, target) {
      const row = find.get(videoId, target) as { sent: Announced; since: number | null } | undefined;
      return row && { sent: row.sent, ...(row.since !== null && { unknownSince: row.since }) };
    },
    note: (videoId, target, sent) => {
      save.run(videoId, target, sent);
    },
    outcomeUnknown: (videoId, target, now) => (setUnknown.get(videoId, target, now) as { since: number }).since,
    forget: (videoId, target) => {
      drop.run(videoId, target);
    },
  };
}
