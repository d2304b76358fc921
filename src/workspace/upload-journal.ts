import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import type { PublishTarget } from './ledger.ts';

/** The most that may have been sent to the server, noted before it is sent. */
export type Announced = 'nothing' | 'some' | 'all';

export interface BegunUpload {
  readonly sent: Announced;
  /** Milliseconds since 1970: when it became unknown whether the upload has become a video. */
  readonly unknownSince?: number;
}

/**
 * Which recordings this machine has begun to send, and how much of each at most. Kept apart from the workspace with its
 * upload session: if that is lost, this still shows whether the upload can have become a video. Only a complete upload
 * becomes one.
 */
export interface UploadJournal {
  find(videoId: string, target: PublishTarget): BegunUpload | undefined;
  /** Also clears an earlier unknown outcome. What has been noted is never lowered: only `forget` takes it back. */
  note(videoId: string, target: PublishTarget, sent: Announced): void;
  /** Notes that the outcome is unknown. Returns since when, as the first call set it. */
  outcomeUnknown(videoId: string, target: PublishTarget, now: number): number;
  /** The outcome is on record elsewhere. */
  forget(videoId: string, target: PublishTarget): void;
  /**
   * A person ordered the recording to be sent again. Each order is followed once: it does not apply to an upload begun
   * after it.
   * @param order identifies this order
   * @param forget whether to drop what is noted about the upload, because the channel has nothing of it
   */
  follow(videoId: string, target: PublishTarget, order: string, forget: boolean): void;
  /** The order that was last followed. */
  lastOrder(videoId: string, target: PublishTarget): string | undefined;
}

const rank: Readonly<Record<Announced, number>> = { nothing: 0, some: 1, all: 2 };

export function openUploadJournal(database: Database): UploadJournal {
  const find = database.prepare('SELECT sent, unknown_since AS since FROM uploads WHERE video_id = ? AND target = ?');
  const save = database.prepare('INSERT OR REPLACE INTO uploads VALUES (?, ?, ?, NULL)');
  const setUnknown = database.prepare(`INSERT INTO uploads VALUES (?, ?, 'all', ?)
    ON CONFLICT DO UPDATE SET sent = 'all', unknown_since = coalesce(unknown_since, excluded.unknown_since)
    RETURNING unknown_since AS since`);
  const drop = database.prepare('DELETE FROM uploads WHERE video_id = ? AND target = ?');
  const followed = database.prepare('SELECT followed FROM upload_orders WHERE video_id = ? AND target = ?');
  const follow = database.prepare('INSERT OR REPLACE INTO upload_orders VALUES (?, ?, ?)');
  const lookUp = (videoId: string, target: PublishTarget): BegunUpload | undefined => {
    const row = find.get(videoId, target) as { sent: Announced; since: number | null } | undefined;
    return row && { sent: row.sent, ...(row.since !== null && { unknownSince: row.since }) };
  };
  return {
    find: lookUp,
    note(videoId, target, sent) {
      const before = lookUp(videoId, target)?.sent ?? 'nothing';
      save.run(videoId, target, rank[before] > rank[sent] ? before : sent);
    },
    outcomeUnknown: (videoId, target, now) => (setUnknown.get(videoId, target, now) as { since: number }).since,
    forget: (videoId, target) => {
      drop.run(videoId, target);
    },
    follow: (videoId, target, order, forget) =>
      inTransaction(database, () => {
        follow.run(videoId, target, order);
        if (forget) drop.run(videoId, target);
      }),
    lastOrder: (videoId, target) => (followed.get(videoId, target) as { followed: string } | undefined)?.followed,
  };
}
