import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';

/** Which workflow works on which video. */
export interface Claims {
  owner(videoId: string): string | undefined;
  /** Gives the video to `next`; false when the owner is no longer `expected`. */
  replace(videoId: string, expected: string | undefined, next: string): boolean;
}

export function openClaims(database: Database): Claims {
  const find = database.prepare('SELECT workflow_id AS owner FROM claims WHERE video_id = ?');
  const save = database.prepare('INSERT OR REPLACE INTO claims VALUES (?, ?)');
  const owner = (videoId: string) => (find.get(videoId) as { owner: string } | undefined)?.owner;
  return {
    owner,
    replace: (videoId, expected, next) =>
      inTransaction(database, () => {
        if (owner(videoId) !== expected) return false;
        save.run(videoId, next);
        return true;
      }),
  };
}
