import {
  capHeights,
  comfortableCapHeight,
  leastCapHeight,
  modestCapHeight,
  narrowing,
  wellReadCapHeight,
} from '../scale.ts';

/** One way to set the names; tried one after another until one fits. */
export interface Trial {
  /** Whether the players of a team share a line; else each has their own lines. */
  readonly joined: boolean;
  /** Height of capitals in names of up to `shortName` letters, and in the others. */
  readonly short: number;
  readonly long: number;
  /** Least narrowing of each, and the most lines a name may have. */
  readonly shortNarrowing: number;
  readonly longNarrowing: number;
  readonly mostLines: number;
  /** Whether a name is broken between its letters, into as many lines as it needs. */
  readonly broken: boolean;
  readonly distances: Distances;
}

/**
 * Distances as shares of the capitals' height. `player` and `line` are the pitch from baseline to baseline, before the
 * next player and within one name: the difference shows which lines belong together. `gap` is from ink to ink, `sign`
 * from ink to the sign between the teams.
 */
export interface Distances {
  readonly player: number;
  readonly line: number;
  readonly gap: number;
  readonly sign: number;
}
const roomy: Distances = { player: 1.42, line: 1.2, gap: 0.2, sign: 0.42 };
const snug: Distances = { player: 1.34, line: 1.14, gap: 0.14, sign: 0.3 };
const tight: Distances = { player: 1.24, line: 1.12, gap: 0.08, sign: 0.16 };

const even = (cap: number, narrow: number, mostLines: number, distances: Distances, joined = false): Trial => ({
  joined,
  short: cap,
  long: cap,
  shortNarrowing: narrow,
  longNarrowing: narrow,
  mostLines,
  broken: false,
  distances,
});

/**
 * The remedies for names that are too long, in order: smaller letters, slightly narrowed letters, two lines for a name,
 * long names smaller than short ones, and finally breaks within words. Nothing is cut off.
 * @param largest height of capitals to start with
 */
export function* trials(largest: number): Generator<Trial> {
  yield* comfortableAttempts(largest);
  yield* lastAttempts();
}

function* comfortableAttempts(largest: number): Generator<Trial> {
  const comfortable = capHeights.filter((cap) => cap <= largest && cap >= comfortableCapHeight);
  const modest = comfortable.filter((cap) => cap <= modestCapHeight);
  for (const cap of comfortable) yield even(cap, narrowing.unseen, 1, roomy);
  for (const cap of modest) yield even(cap, narrowing.visible, 1, roomy);
  for (const cap of comfortable) yield even(cap, narrowing.unseen, 2, roomy);
  for (const cap of modest) yield even(cap, narrowing.visible, 2, snug);
  const short = {
    joined: false,
    short: comfortableCapHeight,
    shortNarrowing: narrowing.lastResort,
    longNarrowing: narrowing.visible,
  };
  const uneven = function* (least: number, choices: readonly Distances[]): Generator<Trial> {
    for (const long of capHeights.filter((cap) => cap <= comfortableCapHeight && cap >= least)) {
      for (const distances of choices) {
        for (const mostLines of [1, 2]) yield { ...short, long, mostLines, broken: false, distances };
      }
    }
  };
  yield* uneven(wellReadCapHeight, [roomy, snug]);
  yield* uneven(leastCapHeight, [roomy, snug, tight]);
  const broken = { ...short, long: leastCapHeight, mostLines: 2, broken: true };
  for (const longNarrowing of [narrowing.visible, narrowing.lastResort]) {
    for (const distances of [snug, tight]) yield { ...broken, longNarrowing, distances };
  }
}

/** Only endless names, and stacked diacritics on every line, get this far. */
function* lastAttempts(): Generator<Trial> {
  for (let cap: number = leastCapHeight; cap >= 1; cap = Math.floor(cap * shrinking)) {
    yield { ...even(cap, narrowing.lastResort, 1, tight), broken: true };
  }
}

/** From one height of capitals to the next that is tried. */
const shrinking = 0.85;

/** The same if the players of a team may share a line: they do wherever it is legible enough. */
export function* trialsOnLines(largest: number): Generator<Trial> {
  const comfortable = capHeights.filter((cap) => cap <= largest && cap >= comfortableCapHeight);
  for (const cap of comfortable) yield even(cap, narrowing.unseen, 1, roomy, true);
  for (const cap of comfortable.filter((each) => each <= modestCapHeight)) {
    yield even(cap, narrowing.visible, 1, roomy, true);
  }
  yield* comfortableAttempts(largest);
  const crowded = even(comfortableCapHeight, narrowing.lastResort, 1, tight, true);
  yield crowded;
  for (const cap of capHeights.filter((each) => each < comfortableCapHeight)) {
    yield { ...crowded, short: cap, long: cap };
  }
  yield* lastAttempts();
}

/** Whether names of up to `shortName` letters are whole and large enough to read in a phone's list. */
export const isComfortable = ({ short, joined, shortNarrowing }: Trial): boolean =>
  short >= comfortableCapHeight && !(joined && shortNarrowing < narrowing.visible);
