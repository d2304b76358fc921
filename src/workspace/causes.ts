import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import type { Bucket } from './quota-ledger.ts';

/**
 * Causes that hold up several videos at once, such as a dead sign-in. From the first failure until something succeeds
 * it is one cause, and people are told about it once.
 */
export interface Causes {
  /** The cause made a video fail. Returns since when it has been doing so, in milliseconds since 1970. */
  failed(cause: string): number;
  /** The cause is gone: if it comes back, that is a new one. */
  ended(cause: string): void;
}

export const signInCause = (target: string) => `sign-in ${target}`;
export const refusalCause = (target: string, bucket: Bucket) => `refused ${bucket} ${target}`;

/** Causes are kept in the table of notices, under a name that no channel has. */
const channel = 'cause';

export function openCauses(database: Database, clock: () => number): Causes {
  const find = database.prepare('SELECT at FROM told WHERE key = ? AND channel = ?');
  const begin = database.prepare(`INSERT INTO told VALUES (?, ?, 'open', 0, ?)`);
  const end = database.prepare('DELETE FROM told WHERE key = ? AND channel = ?');
  return {
    failed: (cause) =>
      inTransaction(database, () => {
        const known = find.get(cause, channel) as { at: number } | undefined;
        if (known) return known.at;
        const now = clock();
        begin.run(cause, channel, now);
        return now;
      }),
    ended: (cause) => {
      end.run(cause, channel);
    },
  };
}
