/** The activity at a moment; the value is undefined if it is unknown. */
export interface Liveliness {
  /** Seconds. */
  readonly time: number;
  /** Any unit; only its shape over the recording counts. */
  readonly value: number | undefined;
}

export interface Rally {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  /** Mean activity during it, 0 to 1. */
  readonly intensity: number;
}

export interface Rallies {
  readonly rallies: readonly Rally[];
  /** Why there are none, for people. */
  readonly none?: string;
}

/** Seconds; shorter stretches are not rallies, and shorter pauses not pauses. */
const shortest = { rally: 4, pause: 3 };
/** The recording's own pauses and rallies: these fractions of its moments are no livelier. */
const quiet = 0.05;
const lively = 0.8;
/** With less than this between them nothing pauses, or the moments are unrelated. */
const leastContrast = 0.35;
/**
 * A rally begins above the first fraction of the way from quiet to lively, and continues until it falls below the
 * second.
 */
const threshold = { begin: 0.5, end: 0.35 };
/** Looks further apart than this, in seconds, do not show where a rally begins and ends. */
const widestStep = 2.5;
const fewest = 8;

/**
 * Splits a curve of activity into rallies, by a threshold with hysteresis between the recording's own quiet and lively
 * moments. If the curve has no pauses, or its moments are too far apart, it finds none rather than guessing. @param
 * curve in chronological order, already smoothed
 */
export function findRallies(curve: readonly Liveliness[]): Rallies {
  const known = curve.flatMap(({ time, value }) => (value === undefined ? [] : { time, value }));
  if (known.length < fewest) return { rallies: [], none: 'The recording is too short to tell rallies from pauses.' };
  if (usualStep(curve) > widestStep) {
    return { rallies: [], none: 'The examined pictures are too far apart to tell rallies from pauses.' };
  }
  const values = known.map(({ value }) => value).sort((a, b) => a - b);
  const at = (part: number) => values[Math.floor(part * (values.length - 1))] ?? 0;
  const [low, high] = [at(quiet), at(lively)];
  if (high - low < leastContrast * high || high === 0) {
    return { rallies: [], none: 'Movement does not separate rallies from pauses in this recording.' };
  }
  const begin = low + threshold.begin * (high - low);
  const end = low + threshold.end * (high - low);
  const stretches = joined(stretchesOf(known, begin, end));
  const rallies = stretches
    .filter((stretch) => timeOf(stretch).end - timeOf(stretch).start >= shortest.rally)
    .map((stretch) => ({ ...timeOf(stretch), intensity: rounded(meanOf(stretch)) }));
  return rallies.length > 0 ? { rallies } : { rallies, none: 'No stretch of play is long enough for a rally.' };
}

interface Known {
  readonly time: number;
  readonly value: number;
}

function stretchesOf(known: readonly Known[], begin: number, end: number): Known[][] {
  const stretches: Known[][] = [];
  let playing = false;
  for (const [index, moment] of known.entries()) {
    const before = known[index - 1];
    // Nobody knows what happened behind a covered view.
    if (before && moment.time - before.time > shortest.pause) playing = false;
    const begins: boolean = !playing && moment.value >= begin;
    playing = begins || (playing && moment.value >= end);
    if (begins) stretches.push([]);
    if (playing) stretches.at(-1)?.push(moment);
  }
  return stretches;
}

function joined(stretches: readonly Known[][]): Known[][] {
  const result: Known[][] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (last && timeOf(stretch).start - timeOf(last).end <= shortest.pause) last.push(...stretch);
    else result.push([...stretch]);
  }
  return result;
}

const timeOf = (stretch: readonly Known[]) => ({
  start: rounded(stretch[0]?.time ?? 0),
  end: rounded(stretch.at(-1)?.time ?? 0),
});
const meanOf = (stretch: readonly Known[]) => stretch.reduce((sum, { value }) => sum + value, 0) / stretch.length;
const rounded = (value: number) => Number(value.toFixed(4));

function usualStep(curve: readonly Liveliness[]): number {
  const steps = curve.slice(1).map(({ time }, index) => time - (curve[index]?.time ?? 0));
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? Number.POSITIVE_INFINITY;
}
