import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';

/** Which notices went out, so that each goes out once, whichever process looks. */
export interface ToldNotices {
  /** Takes a notice for delivery; false when it was delivered, given up, or another process is at it. */
  take(key: string, channel: string): boolean;
  delivered(key: string, channel: string): void;
  /** It is to be tried again later; returns how often it has failed. */
  failed(key: string, channel: string): number;
}

/** Milliseconds after which a delivery that was taken and never ended is taken again: its process was killed. */
const takenFor = 60_000;
/** After so many a notice is given up. */
export const mostTries = 5;
const keptFor = 90 * 24 * 3600_000;

export function openToldNotices(database: Database, clock: () => number): ToldNotices {
  const find = database.prepare('SELECT state, tries, at FROM told WHERE key = ? AND channel = ?');
  const save = database.prepare('INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?)');
  const forget = database.prepare('DELETE FROM told WHERE at < ?');
  const known = (key: string, channel: string) =>
    find.get(key, channel) as { state: 'taken' | 'failed' | 'done'; tries: number; at: number } | undefined;
  return {
    take: (key, channel) =>
      inTransaction(database, () => {
        const { state, tries = 0, at = 0 } = known(key, channel) ?? {};
        const pause = state === 'taken' ? takenFor : 1000 * 5 ** tries;
        const age = clock() - at;
        // What was noted in the future was noted by a clock that has been set back since.
        const isTooSoon = state !== undefined && age >= 0 && age < pause;
        if (state === 'done' || tries >= mostTries || isTooSoon) return false;
        forget.run(clock() - keptFor);
        save.run(key, channel, 'taken', tries, clock());
        return true;
      }),
    delivered: (key, channel) => {
      save.run(key, channel, 'done', 0, clock());
    },
    failed: (key, channel) => {
      const tries = (known(key, channel)?.tries ?? 0) + 1;
      save.run(key, channel, 'failed', tries, clock());
      return tries;
    },
  };
}
