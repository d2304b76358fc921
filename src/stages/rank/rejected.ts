import { looksAlike, type Moment } from './different-moments.ts';
import type { Obstacle } from './view.ts';

export type Reason = Obstacle | 'near a candidate' | 'like a candidate';

/** A look that is not a candidate although its score, or its position in time, would suggest it. */
export interface Rejected {
  /** Seconds. */
  readonly time: number;
  readonly score: number;
  readonly reason: Reason;
  /** For people. */
  readonly why: string;
}

export interface Judged extends Moment {
  readonly obstacle?: Obstacle | undefined;
}

/** Seconds within which a look shows what a candidate shows. */
const near = 8;

const obstacles: Readonly<Record<Obstacle, string>> = {
  'in front': 'somebody or something in front of the lens',
  title: 'something where players never are, such as a burned-in title',
  blurred: 'far less sharp than the rest of the recording',
};

/**
 * What was rejected and why: every look without a clear view, and those that scored better than the last candidate but
 * show a moment already among the candidates.
 * @param candidates best first
 */
export function rejectedOf(moments: readonly Judged[], candidates: readonly Judged[]): Rejected[] {
  const times = new Set(candidates.map(({ time }) => time));
  const least = candidates.at(-1)?.score ?? Number.POSITIVE_INFINITY;
  return moments.flatMap((moment): Rejected[] => {
    const { time, score, obstacle } = moment;
    if (times.has(time)) return [];
    if (obstacle) return [{ time, score, reason: obstacle, why: obstacles[obstacle] }];
    return score >= least ? [alreadyThere(moment, candidates)] : [];
  });
}

function alreadyThere(moment: Judged, candidates: readonly Judged[]): Rejected {
  const { time, score } = moment;
  const away = (other: Judged) => Math.abs(other.time - time);
  const nearest = candidates.toSorted((a, b) => away(a) - away(b))[0] ?? moment;
  const alike = away(nearest) > near && candidates.find((other) => looksAlike(moment, other));
  if (alike) {
    return { time, score, reason: 'like a candidate', why: `the same picture as ${alike.time.toFixed(1)} s` };
  }
  return { time, score, reason: 'near a candidate', why: `too near the candidate at ${nearest.time.toFixed(1)} s` };
}
