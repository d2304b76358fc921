import { StageError } from '../domain/errors.ts';
import { isDiskFull } from '../domain/system-error.ts';
import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { sinceBoot } from './since-boot.ts';

/** One try of one stage at one video. */
export interface Attempt {
  /** What it belongs to, such as a workflow run or a command in a terminal. */
  readonly line: string;
  /** Its place in its line: the number of the step, and of the try at that step. Not comparable between lines. */
  readonly place: Place;
  /** Work on the channel does not interfere with other work on the video, which has no lane. */
  readonly lane?: 'channel';
}

export type Place = readonly [step: number, attempt: number];

/** Each lane of a video has its own holder. */
const keyOf = (videoId: string, { lane }: Pick<Attempt, 'lane'>) => (lane ? `${videoId}/${lane}` : videoId);

/**
 * In each lane, lets only the newest attempt at a video write. After a heartbeat timeout the old attempt may still be
 * running beside the new one; it is refused at its next write, chunk or move. No clock decides which is newer: within a
 * line the place does, between lines the order in which they take the video. The furthest place in each line is
 * remembered, so that an attempt that arrives late or has been superseded never takes the video from a newer one.
 */
export interface Fence {
  /** @throws StageError SUPERSEDED if a newer attempt has, or had, the video */
  take(videoId: string, attempt: Attempt): void;
  /** Records that the attempt is alive. @throws StageError SUPERSEDED */
  refresh(videoId: string, attempt: Attempt): void;
  /** Runs `write` while no other attempt can take the video. @throws StageError SUPERSEDED */
  guard<T>(videoId: string, attempt: Attempt, write: () => T): T;
  /** The attempt has ended: another may begin at once. */
  release(videoId: string, attempt: Attempt): void;
  /** Whether the holder gave a sign of life within the last `seconds`. */
  isBusy(videoId: string, seconds: number): boolean;
}

interface Row {
  readonly line: string;
  readonly step: number;
  readonly attempt: number;
  /** Milliseconds since the machine started; null once released. */
  readonly seen: number | null;
}

/** @param clock milliseconds since the machine started: a wall clock may be changed while an attempt holds a video */
export function openFence(database: Database, clock: () => number = sinceBoot): Fence {
  const newest = database.prepare('SELECT * FROM attempts WHERE video_id = ? ORDER BY number DESC LIMIT 1');
  const ofLine = database.prepare('SELECT * FROM attempts WHERE video_id = ? AND line = ?');
  // SQLite assigns the next number; it gives the order in which lines take the video.
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

  /** On a full disk a sign of life is skipped: an attempt that would look for it cannot write either. */
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
        // A sign of life in the future dates from before the machine was restarted.
        return silent >= 0 && silent < seconds * 1000;
      }),
  };
}

/** Negative if the attempt comes before the other one in its line. */
function compare({ place: [step, attempt] }: Attempt, other: Row): number {
  return step - other.step || attempt - other.attempt;
}

function superseded(videoId: string): StageError {
  return new StageError('SUPERSEDED', `A newer attempt has taken over ${videoId}.`, {
    remedy: 'retry',
    action: 'The newer attempt does this work. If the video needs attention, let that one finish, then retry.',
  });
}
