import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import type { Bucket } from './quota-ledger.ts';

/**
 * Causes that hold up several videos at once, such as a dead sign-in. From the first failure until something succeeds
 * it is one cause, and people are told about it once.
 */
export interface Causes {
  /**
   * The cause made a video fail.
   * @param forgottenAfter milliseconds without a failure after which this one begins a new cause; default never
   * @returns since when it has been making videos fail, in milliseconds since 1970
   */
  failed(cause: string, forgottenAfter?: number): number;
  /** The cause is gone: if it comes back, that is a new one. */
  ended(cause: string): void;
}

export const signInCause = (target: string) => `sign-in ${target}`;
export const refusalCause = (target: string, bucket: Bucket) => `refused ${bucket} ${target}`;

/** Causes are kept in the table of notices, under names that no channel has: the first failure and the latest. */
const first = 'cause';
const latest = 'cause, latest';

export function openCauses(database: Database, clock: () => number): Causes {
  const find = database.prepare('SELECT at FROM told WHERE key = ? AND channel = ?');
  const write = database.prepare(`INSERT OR REPLACE INTO told VALUES (?, ?, 'open', 0, ?)`);
  const end = database.prepare('DELETE FROM told WHERE key = ? AND channel IN (?, ?)');
  const timeOf = (cause: string, channel: string) => (find.get(cause, channel) as { at: number } | undefined)?.at;
  return {
    failed: (cause, forgottenAfter = Number.POSITIVE_INFINITY) =>
      inTransaction(database, () => {
        const now = clock();
        const began = timeOf(cause, first);
        const last = timeOf(cause, latest) ?? began;
        const since = began === undefined || last === undefined || now - last > forgottenAfter ? now : began;
        write.run(cause, first, since);
        write.run(cause, latest, now);
        return since;
      }),
    ended: (cause) => {
      end.run(cause, first, latest);
    },
  };
}
