import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import type { Bucket } from './quota-ledger.ts';

/**
 * What keeps several videos from going on at once, such as a dead sign-in: from its first failure until something
 * succeeds it is one cause, of which people are told once.
 */
export interface Causes {
  /** It made a video fail. Returns since when it does, in milliseconds since 1970. */
  failed(cause: string): number;
  /** It did not: when it fails again, that is another cause. */
  ended(cause: string): void;
}

export const signInCause = (target: string) => `sign-in ${target}`;
export const refusalCause = (target: string, bucket: Bucket) => `refused ${bucket} ${target}`;

/** They lie in the table of the notices, where no channel is called so. */
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
