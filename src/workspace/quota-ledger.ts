import { StageError } from '../domain/errors.ts';
import { type Cost, fits, minus, nothing, quotaDay, quotaReset, turnOf } from '../domain/quota.ts';
import { isDiskFull } from '../domain/system-error.ts';
import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import type { PublishTarget } from './ledger.ts';

/** Units kept free for queries (status, the search for an id tag), which are not reserved. */
export const unitsForQuestions = 30;
/** A query costs one unit. However many a video takes, the units for the changes it still needs stay reserved. */
const isQuestion = ({ units, uploads }: Cost) => units <= 1 && uploads === 0;
/**
 * Milliseconds: a video that has not been touched for longer is not being published. It was cancelled, or its host is
 * off.
 */
const reservationLasts = 26 * 3_600_000;
/** Milliseconds after its turn when a waiting video that has not come counts as gone. */
const turnLasts = 10 * 60_000;
/** Milliseconds between the turns of videos on the same day, so that they keep their order. */
const betweenTurns = 1000;

/** One of YouTube's two counters, either of which may be used up. */
export type Bucket = keyof Cost;

export interface QuotaState {
  readonly limits: Cost;
  readonly spent: Cost;
  /** Reserved for videos that are being published. */
  readonly reserved: Cost;
  /** How many videos are waiting for their turn. */
  readonly waiting: number;
  /** ISO 8601: when the counters are reset. */
  readonly resetsAt: string;
  /** ISO 8601: YouTube itself accepts no more before this. */
  readonly refusedUntil?: string;
}

/**
 * How much of YouTube's daily quota is spent and reserved, per publish target; shared by all processes on this machine.
 * All steps of a video are reserved before its first byte is sent, so that none is stranded half published. The unspent
 * part of a reservation still counts, even past midnight.
 */
export interface QuotaLedger {
  /**
   * Reserves what a video still needs, replacing its earlier reservation. A video in progress takes precedence over
   * those that have not begun.
   * @throws StageError QUOTA_EXHAUSTED or UPLOAD_LIMIT_REACHED, to be retried at its turn: on the first day with room
   *   after the videos that asked before it; QUOTA_EXHAUSTED for a person to fix if even a whole day has no room for it
   */
  reserve(target: PublishTarget, videoId: string, wanted: Cost, limits: Cost, isUnderWay?: boolean): void;
  /** The video is being worked on, so its reservation stays valid. */
  touch(target: PublishTarget, videoId: string): void;
  /** A call is about to be made; the cost of a change is taken from the video's reservation. */
  spend(target: PublishTarget, cost: Cost, videoId?: string): void;
  /** The video needs no more. */
  release(target: PublishTarget, videoId: string): void;
  /** YouTube itself refused: no use asking again before `until` (milliseconds since 1970). */
  refuse(target: PublishTarget, bucket: Bucket, until: number): void;
  /** A person wants YouTube to be asked again. */
  allow(target: PublishTarget): void;
  today(target: PublishTarget, limits: Cost): QuotaState;
}

export function openQuotaLedger(database: Database, clock: () => number = Date.now): QuotaLedger {
  const prepare = (sql: string) => database.prepare(sql);
  const spent = prepare('SELECT units, uploads FROM quota_spent WHERE target = ? AND day = ?');
  const addSpent = prepare(`INSERT INTO quota_spent VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET units = units + excluded.units, uploads = uploads + excluded.uploads`);
  const reserved = prepare(`SELECT coalesce(sum(units), 0) AS units, coalesce(sum(uploads), 0) AS uploads
    FROM quota_reserved WHERE target = ? AND video_id <> ? AND seen > ?`);
  const ownReserved = prepare(
    'SELECT units, uploads FROM quota_reserved WHERE target = ? AND video_id = ? AND seen > ?',
  );
  const saveReserved = prepare('INSERT OR REPLACE INTO quota_reserved VALUES (?, ?, ?, ?, ?)');
  const takeReserved = prepare(`UPDATE quota_reserved
    SET units = max(0, units - ?), uploads = max(0, uploads - ?), seen = ? WHERE target = ? AND video_id = ?`);
  const dropReserved = prepare('DELETE FROM quota_reserved WHERE target = ? AND video_id = ?');
  const queue = prepare(
    'SELECT video_id AS videoId, units, uploads, turn FROM quota_queue WHERE target = ? ORDER BY place',
  );
  const saveQueued = prepare(`INSERT INTO quota_queue (target, video_id, units, uploads, turn) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET units = excluded.units, uploads = excluded.uploads, turn = excluded.turn`);
  const dropQueued = prepare('DELETE FROM quota_queue WHERE target = ? AND video_id = ?');
  const refusals = prepare('SELECT bucket, until FROM quota_refusals WHERE target = ? AND until > ?');
  const saveRefusal = prepare('INSERT OR REPLACE INTO quota_refusals VALUES (?, ?, ?)');
  const dropRefusals = prepare('DELETE FROM quota_refusals WHERE target = ?');

  const spentToday = (target: PublishTarget, now: number) =>
    (spent.get(target, quotaDay(now)) as Cost | undefined) ?? nothing;
  const reservedBy = (target: PublishTarget, others: string, now: number) => {
    const { units, uploads } = reserved.get(target, others, now - reservationLasts) as unknown as Cost;
    return { units, uploads };
  };
  const waiting = (target: PublishTarget, now: number) =>
    (queue.all(target) as unknown as Queued[]).filter(({ turn }) => turn > now - turnLasts);
  const refusalOf = (target: PublishTarget, wanted: Cost, now: number): Refusal | undefined =>
    (refusals.all(target, now) as unknown as Refusal[])
      .filter(({ bucket }) => wanted[bucket] > 0)
      .toSorted((one, other) => other.until - one.until)[0];

  return {
    reserve(target, videoId, wanted, limits, isUnderWay = false) {
      const refusal = inTransaction(database, () => {
        const now = clock();
        const perDay = minus(limits, { units: Math.min(unitsForQuestions, limits.units), uploads: 0 });
        if (!fits(wanted, perDay)) return tooSmall(wanted, limits);
        const queued = waiting(target, now);
        const place = queued.findIndex((one) => one.videoId === videoId);
        const before = place < 0 ? queued : queued.slice(0, place);
        const ahead = isUnderWay ? [] : before;
        const free = minus(minus(perDay, spentToday(target, now)), reservedBy(target, videoId, now));
        const promised = ownReserved.get(target, videoId, now - reservationLasts) as Cost | undefined;
        const { resets, position } =
          promised && fits(wanted, promised) ? { resets: 0, position: 0 } : turnOf(wanted, ahead, free, perDay);
        const refused = refusalOf(target, wanted, now);
        if (resets === 0 && refused === undefined) {
          saveReserved.run(target, videoId, wanted.units, wanted.uploads, now);
          dropQueued.run(target, videoId);
          return undefined;
        }
        const day = resets === 0 ? 0 : quotaReset(now, resets);
        const turn = Math.max(day, refused?.until ?? 0) + position * betweenTurns;
        saveQueued.run(target, videoId, wanted.units, wanted.uploads, turn);
        if (refused === undefined || refused.until <= day) return usedUp(turn);
        return refused.bucket === 'uploads' ? uploadLimit(turn) : unitsRefused(turn);
      });
      if (refusal) throw refusal;
    },
    spend(target, cost, videoId) {
      inTransaction(database, () => {
        const now = clock();
        addSpent.run(target, quotaDay(now), cost.units, cost.uploads);
        const { units, uploads } = isQuestion(cost) ? nothing : cost;
        if (videoId !== undefined) takeReserved.run(units, uploads, now, target, videoId);
      });
    },
    touch(target, videoId) {
      try {
        takeReserved.run(0, 0, clock(), target, videoId);
      } catch (error) {
        // A reservation outlasts an upload, and the upload itself needs no disk space.
        if (!isDiskFull(error)) throw error;
      }
    },
    release(target, videoId) {
      inTransaction(database, () => {
        dropReserved.run(target, videoId);
        dropQueued.run(target, videoId);
      });
    },
    refuse: (target, bucket, until) => {
      saveRefusal.run(target, bucket, until);
    },
    allow: (target) => {
      dropRefusals.run(target);
    },
    today(target, limits) {
      const now = clock();
      const refused = refusalOf(target, { units: 1, uploads: 1 }, now);
      const { units, uploads } = spentToday(target, now);
      return {
        limits,
        spent: { units, uploads },
        reserved: reservedBy(target, '', now),
        waiting: waiting(target, now).length,
        resetsAt: new Date(quotaReset(now)).toISOString(),
        ...(refused && { refusedUntil: new Date(refused.until).toISOString() }),
      };
    },
  };
}

interface Refusal {
  readonly bucket: Bucket;
  readonly until: number;
}

interface Queued extends Cost {
  readonly videoId: string;
  readonly turn: number;
}

function usedUp(notBefore: number): StageError {
  return new StageError(
    'QUOTA_EXHAUSTED',
    "The quota of YouTube's API for today is used up or promised to other videos.",
    {
      remedy: 'retry',
      notBefore,
      action: 'Nothing to do: it resumes automatically when its turn comes.',
    },
  );
}

function unitsRefused(notBefore: number): StageError {
  return new StageError('QUOTA_EXHAUSTED', "YouTube says that today's quota of its API is used up.", {
    remedy: 'retry',
    notBefore,
    action: 'Nothing to do: it resumes automatically when the quota is renewed.',
  });
}

function uploadLimit(notBefore: number): StageError {
  return new StageError('UPLOAD_LIMIT_REACHED', 'YouTube accepts no more uploads from this channel for now.', {
    remedy: 'retry',
    notBefore,
    action: 'It resumes automatically. A channel verified by phone (youtube.com/verify) may upload more.',
  });
}

function tooSmall(wanted: Cost, limits: Cost): StageError {
  const message = `One video needs ${wanted.units} units and ${wanted.uploads} upload; a day has ${limits.units} and ${limits.uploads}.`;
  return new StageError('QUOTA_EXHAUSTED', message, {
    remedy: 'fix',
    action: 'Set BADMINTON_QUOTA_UNITS and BADMINTON_QUOTA_UPLOADS to what your Google Cloud project has.',
  });
}
