import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';

/** Which workflow works on which video. */
export interface Claims {
  owner(videoId: string): string | undefined;
  /** Whether the workflow owns any video on this machine. */
  hasAny(workflowId: string): boolean;
  /** Gives the video to `next`; false if the owner is no longer `expected`. */
  replace(videoId: string, expected: string | undefined, next: string): boolean;
}

export function openClaims(database: Database): Claims {
  const find = database.prepare('SELECT workflow_id AS owner FROM claims WHERE video_id = ?');
  const findAny = database.prepare('SELECT 1 FROM claims WHERE workflow_id = ? LIMIT 1');
  const save = database.prepare('INSERT OR REPLACE INTO claims VALUES (?, ?)');
  const owner = (videoId: string) => (find.get(videoId) as { owner: string } | undefined)?.owner;
  return {
    owner,
    hasAny: (workflowId) => findAny.get(workflowId) !== undefined,
    replace: (videoId, expected, next) =>
      inTransaction(database, () => {
        if (owner(videoId) !== expected) return false;
        save.run(videoId, next);
        return true;
      }),
  };
}
