import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy } from './sqlite-busy.ts';

/** Kept here because the garbage collector closes a database that nothing refers to, which releases its lock. */
const held = new Set<DatabaseSync>();

/**
 * Takes a lock that lasts at most as long as this process: an exclusive SQLite transaction, which the operating system
 * ends with the process, however it dies. Returns a function that releases the lock, or undefined if the lock is
 * already held.
 */
export function tryLock(file: string): (() => void) | undefined {
  mkdirSync(path.dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    held.add(database);
    return () => {
      held.delete(database);
      database.close();
    };
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}
