import type { Scrutiny } from '../../pose/index.ts';

/** Up to this many looks are all examined closely, up to that many all briefly. */
const all = { closely: 90, briefly: 180 };
/** Within half a second nobody takes another posture. */
const perSecond = 2;
/** Of more looks: the most promising one of each of so many equal parts of the recording, or of each eight looks, */
const parts = { fewest: 36, looks: 8 };
/** and then the neighbours of the best sixth of these. */
const neighbourhoods = 1 / 6;
/**
 * The best of all are examined again: closely what was only seen briefly, the mirror image of what was seen closely, as
 * what the model saw wrongly it seldom sees wrongly twice. So many, and some more than there will be candidates.
 */
const finalists = { fewest: 8, spare: 3 };
/** A clip too short for this many looks has no finalists to speak of. */
const worthASecondLook = 20;
/** The work of a brief look, in close ones. */
const briefly = 0.42;

/** Which looks the pose model examines, and how; bounded, however long the recording is. */
export interface ExaminationPlan {
  /** Indices of looks that show different moments, in order of time. */
  readonly pool: readonly number[];
  /** How the first round looks. */
  readonly attention: Scrutiny;
  /** Into how many equal parts the pool is split, of each of which one look is examined; undefined for all. */
  readonly parts: number | undefined;
  /** Of how many of the best of these the neighbours are examined. */
  readonly neighbourhoods: number;
  /** How many are examined again. */
  readonly finalists: number;
  /** All of it, in close looks. */
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

/** The work of one look, in close ones. */
export const workOf = (attention: Scrutiny) => (attention === 'brief' ? briefly : 1);

const whole = { parts: undefined, neighbourhoods: 0 };

/** The looks without those that follow another too closely. */
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
