import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';

/** Which notices have been sent, so that each is sent only once, by whichever process gets there first. */
export interface ToldNotices {
  /**
   * Takes a notice for delivery; false if it was delivered or given up, if it is not due yet, or another process has
   * it.
   */
  take(key: string, channel: string): boolean;
  /** Nothing more is to be done: it was delivered or given up. */
  isSettled(key: string, channel: string): boolean;
  delivered(key: string, channel: string): void;
  /** Delivery failed and should be retried later; returns how often it has failed. */
  failed(key: string, channel: string): number;
}

/** Milliseconds after which an unfinished delivery may be taken again: its process must have been killed. */
const takenFor = 60_000;
/** The number of failed tries after which a notice is given up. */
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
        // A time in the future means that the clock has since been set back.
        const isTooSoon = state !== undefined && age >= 0 && age < pause;
        if (state === 'done' || tries >= mostTries || isTooSoon) return false;
        forget.run(clock() - keptFor);
        save.run(key, channel, 'taken', tries, clock());
        return true;
      }),
    isSettled(key, channel) {
      const { state, tries = 0 } = known(key, channel) ?? {};
      return state === 'done' || tries >= mostTries;
    },
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
