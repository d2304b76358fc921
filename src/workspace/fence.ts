import { StageError } from '../domain/errors.ts';
import { isDiskFull } from '../domain/system-error.ts';
import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { sinceBoot } from './since-boot.ts';

/** One try of one stage at one video. */
export interface Attempt {
  /** What it belongs to, e.g. a run of a workflow or a command in a terminal. */
  readonly line: string;
  /** Its place in its line: the number of the step, and of the try at it. Says nothing about other lines. */
  readonly place: Place;
  /** What goes to the channel does not disturb the other work at a video; absent: that other work. */
  readonly lane?: 'channel';
}

export type Place = readonly [step: number, attempt: number];

/** Each lane of a video has a holder of its own. */
const keyOf = (videoId: string, { lane }: Pick<Attempt, 'lane'>) => (lane ? `${videoId}/${lane}` : videoId);

/**
 * Lets only the newest attempt at a video write, in its lane. After a heartbeat timeout the old attempt may still be running
 * beside the new one; it is refused at its next write, chunk or move. Which one is newer, no clock decides: within a line
 * the places, between lines the order in which they take the video. Of each line the furthest place is remembered, so that
 * an attempt that comes late, or was replaced once, never takes the video from a newer one.
 */
export interface Fence {
  /** @throws StageError SUPERSEDED when a newer attempt has, or had, the video. */
  take(videoId: string, attempt: Attempt): void;
  /** Says that the attempt lives. @throws StageError SUPERSEDED */
  refresh(videoId: string, attempt: Attempt): void;
  /** Runs `write` while no other attempt can take the video. @throws StageError SUPERSEDED */
  guard<T>(videoId: string, attempt: Attempt, write: () => T): T;
  /** The attempt ended: somebody else may begin at once. */
  release(videoId: string, attempt: Attempt): void;
  /** Whether the holder gave a sign of life within the last `seconds`. */
  isBusy(videoId: string, seconds: number): boolean;
}

interface Row {
  readonly line: string;
  readonly step: number;
  readonly attempt: number;
  /** Milliseconds since the machine started; null once it was released. */
  readonly seen: number | null;
}

/** @param clock milliseconds since the machine started: a wall clock can be set while somebody holds a video */
export function openFence(database: Database, clock: () => number = sinceBoot): Fence {
  const newest = database.prepare('SELECT * FROM attempts WHERE video_id = ? ORDER BY number DESC LIMIT 1');
  const ofLine = database.prepare('SELECT * FROM attempts WHERE video_id = ? AND line = ?');
  // SQLite gives the next number; it is the rank of who takes the video.
  const save = database.prepare(
    'INSERT OR REPLACE INTO attempts (video_id, line, step, attempt, seen) VALUES (?, ?, ?, ?, ?)',
  );
  const see = database.prepare('UPDATE attempts SET seen = ? WHERE video_id = ? AND line = ?');
  const holder = (key: string) => newest.get(key) as Row | undefined;
  const isHeldBy = (key: string, attempt: Attempt) => {
    const present = holder(key);
    return present !== undefined && present.line === attempt.line && compare(attempt, present) === 0;
  };
  const assertHeld = (videoId: string, attempt: Attempt) => {
    if (!isHeldBy(keyOf(videoId, attempt), attempt)) throw superseded(videoId);
  };

  /** A sign of life that finds no room is left out: nobody who asks for it can write either. */
  const whereThereIsRoom = (write: () => void) => {
    try {
      write();
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  };

  return {
    take: (videoId, attempt) =>
      inTransaction(database, () => {
        const key = keyOf(videoId, attempt);
        const { line, place } = attempt;
        const furthest = ofLine.get(key, line) as Row | undefined;
        const isOld = furthest !== undefined && compare(attempt, furthest) <= 0;
        if (isOld && !isHeldBy(key, attempt)) throw superseded(videoId);
        save.run(key, line, ...place, clock());
      }),
    refresh: (videoId, attempt) =>
      whereThereIsRoom(() =>
        inTransaction(database, () => {
          assertHeld(videoId, attempt);
          see.run(clock(), keyOf(videoId, attempt), attempt.line);
        }),
      ),
    guard: (videoId, attempt, write) =>
      inTransaction(database, () => {
        assertHeld(videoId, attempt);
        return write();
      }),
    release: (videoId, attempt) =>
      whereThereIsRoom(() =>
        inTransaction(database, () => {
          const key = keyOf(videoId, attempt);
          if (isHeldBy(key, attempt)) see.run(null, key, attempt.line);
        }),
      ),
    isBusy: (videoId, seconds) =>
      [{}, { lane: 'channel' } as const].some((lane) => {
        const seen = holder(keyOf(videoId, lane))?.seen ?? undefined;
        if (seen === undefined) return false;
        const silent = clock() - seen;
        // What was seen in the future was seen before the machine was restarted.
        return silent >= 0 && silent < seconds * 1000;
      }),
  };
}

/** Below zero: the attempt comes before the other one of its line. */
function compare({ place: [step, attempt] }: Attempt, other: Row): number {
  return step - other.step || attempt - other.attempt;
}

function superseded(videoId: string): StageError {
  return new StageError('SUPERSEDED', `A newer attempt has taken over ${videoId}.`, {
    remedy: 'retry',
    action: 'The newer attempt does this work. If the video needs attention, let that one finish, then retry.',
  });
}
