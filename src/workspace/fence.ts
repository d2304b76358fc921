import { StageError } from '../domain/errors.ts';
import { isDiskFull } from '../domain/system-error.ts';
import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';

/** One try of one stage at one video. */
export interface Attempt {
  readonly token: string;
  /** When the attempt was scheduled, milliseconds since 1970: of two attempts the later one holds the video. */
  readonly rank: number;
  /** What goes to the channel does not disturb the other work at a video; absent: that other work. */
  readonly lane?: 'channel';
}

/** Each lane of a video has a holder of its own. */
const keyOf = (videoId: string, { lane }: Pick<Attempt, 'lane'>) => (lane ? `${videoId}/${lane}` : videoId);

/**
 * Lets only the newest attempt at a video write, in its lane. After a heartbeat timeout the old attempt may still be running
 * beside the new one; it is refused at its next write, chunk or move.
 */
export interface Fence {
  /** @throws StageError SUPERSEDED when a newer attempt holds the video. */
  take(videoId: string, attempt: Attempt): void;
  /** Says that the attempt lives. @throws StageError SUPERSEDED */
  refresh(videoId: string, attempt: Attempt): void;
  /** Runs `write` while no other attempt can take the video. @throws StageError SUPERSEDED */
  guard<T>(videoId: string, attempt: Attempt, write: () => T): T;
  /** The attempt ended: somebody else may begin at once. */
  release(videoId: string, attempt: Attempt): void;
  /** Whether an attempt other than this one gave a sign of life within the last `seconds`. */
  isBusy(videoId: string, seconds: number): boolean;
}

interface Row {
  token: string;
  rank: number;
  seen: number;
}

export function openFence(database: Database): Fence {
  const find = database.prepare('SELECT token, rank, seen FROM attempts WHERE video_id = ?');
  const save = database.prepare('INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?)');
  const touch = database.prepare('UPDATE attempts SET seen = ? WHERE video_id = ?');
  const end = database.prepare('UPDATE attempts SET seen = 0 WHERE video_id = ? AND token = ?');
  const holder = (videoId: string) => find.get(videoId) as Row | undefined;

  const assertHeld = (videoId: string, attempt: Attempt) => {
    if (holder(keyOf(videoId, attempt))?.token !== attempt.token) throw superseded(videoId);
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
        const present = holder(keyOf(videoId, attempt));
        if (present && present.token !== attempt.token && present.rank > attempt.rank) throw superseded(videoId);
        save.run(keyOf(videoId, attempt), attempt.token, attempt.rank, Date.now());
      }),
    refresh: (videoId, attempt) =>
      whereThereIsRoom(() =>
        inTransaction(database, () => {
          assertHeld(videoId, attempt);
          touch.run(Date.now(), keyOf(videoId, attempt));
        }),
      ),
    guard: (videoId, attempt, write) =>
      inTransaction(database, () => {
        assertHeld(videoId, attempt);
        return write();
      }),
    release: (videoId, attempt) => whereThereIsRoom(() => end.run(keyOf(videoId, attempt), attempt.token)),
    isBusy: (videoId, seconds) =>
      [{}, { lane: 'channel' } as const].some(
        (lane) => (holder(keyOf(videoId, lane))?.seen ?? 0) > Date.now() - seconds * 1000,
      ),
  };
}

function superseded(videoId: string): StageError {
  return new StageError('SUPERSEDED', `A newer attempt has taken over ${videoId}.`, {
    remedy: 'retry',
    action: 'Nothing to do: the newer attempt goes on.',
  });
}
