import type { Scrutiny } from '../../pose/index.ts';

/** Up to the first number of looks, all are examined closely; up to the second, all briefly. */
const all = { closely: 90, briefly: 180 };
/** Nobody changes posture within half a second. */
const perSecond = 2;
/** With more looks: the most promising in each of this many equal parts of the recording, or in every eight looks, */
const parts = { fewest: 36, looks: 8 };
/** and then the neighbours of the best sixth of these. */
const neighbourhoods = 1 / 6;
/**
 * The best of all are examined again: those seen only briefly are examined closely, and those seen closely as mirror
 * images, because the model seldom makes the same mistake twice. At least this many, and some more than there will be
 * candidates.
 */
const finalists = { fewest: 8, spare: 3 };
/** A clip with fewer looks than this has no finalists worth the name. */
const worthASecondLook = 20;
/** The work of a brief look, in close looks. */
const briefly = 0.42;

/** Which looks the pose model examines, and how; bounded, however long the recording is. */
export interface ExaminationPlan {
  /** Indices of looks that show different moments, in chronological order. */
  readonly pool: readonly number[];
  /** How closely the first round looks. */
  readonly attention: Scrutiny;
  /**
   * The number of equal parts into which the pool is split, with one look examined in each; undefined for all looks.
   */
  readonly parts: number | undefined;
  /** How many of the best of these have their neighbours examined. */
  readonly neighbourhoods: number;
  /** How many looks are examined again. */
  readonly finalists: number;
  /** The total work, in close looks. */
  readonly work: number;
}

/** @param candidates how many are wanted */
export function planExamination(looks: readonly { readonly time: number }[], candidates: number): ExaminationPlan {
  const pool = apart(looks);
  return { pool, ...roundsFor(pool.length, candidates) };
}

/** @param count of looks that show different moments */
export function roundsFor(count: number, candidates: number): Omit<ExaminationPlan, 'pool'> {
  const last = Math.max(finalists.fewest, candidates + finalists.spare);
  if (count <= all.closely) {
    const seconds = count >= worthASecondLook ? last : 0;
    return { ...whole, attention: 'close', finalists: seconds, work: count + seconds };
  }
  if (count <= all.briefly) {
    return { ...whole, attention: 'brief', finalists: last, work: count * briefly + last };
  }
  const split = Math.max(parts.fewest, Math.floor(count / parts.looks));
  const around = Math.round(split * neighbourhoods);
  const work = (split + 2 * around) * briefly + last;
  return { attention: 'brief', parts: split, neighbourhoods: around, finalists: last, work };
}

/** The work of one look, in close looks. */
export const workOf = (attention: Scrutiny) => (attention === 'brief' ? briefly : 1);

const whole = { parts: undefined, neighbourhoods: 0 };

/** The looks, without those that follow another too closely. */
function apart(looks: readonly { readonly time: number }[]): number[] {
  const taken: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [index, { time }] of looks.entries()) {
    if (time - last < 1 / perSecond - 0.02) continue;
    taken.push(index);
    last = time;
  }
  return taken;
}
