import {
  capHeights,
  comfortableCapHeight,
  leastCapHeight,
  modestCapHeight,
  narrowing,
  shortName,
  wellReadCapHeight,
} from '../scale.ts';
import { capHeight, measure } from './measure.ts';
import type { Printable } from './printable.ts';
import { fillLines, graphemes, wrapEvenly } from './wrap.ts';

/** The room for the names, in design pixels. It may have a slanting side: its width depends on the height. */
export interface NameRoom {
  readonly top: number;
  readonly bottom: number;
  /** Width that is free for a line whose ink reaches down to `y`. */
  widthAbove(y: number): number;
  readonly largestCapHeight: number;
  /** Height of the sign between the teams. */
  readonly signHeight: number;
}

/** A line of a name at its place: `top` and `bottom` bound its ink. */
export interface NameLine {
  readonly words: Printable;
  readonly size: number;
  readonly capHeight: number;
  readonly narrowed: number;
  readonly width: number;
  readonly baseline: number;
  readonly top: number;
  readonly bottom: number;
}

export interface FittedNames {
  readonly lines: readonly NameLine[];
  readonly signTop: number;
  /** Whether names of up to `shortName` letters have capitals of at least `comfortableCapHeight`. */
  readonly comfortable: boolean;
}

interface Attempt {
  /** Height of capitals of names of up to `shortName` letters, and of the others. */
  readonly short: number;
  readonly long: number;
  /** Least narrowing of each, and the most lines a name may have. */
  readonly shortNarrowing: number;
  readonly longNarrowing: number;
  readonly mostLines: number;
  readonly shortened: boolean;
  readonly distances: Distances;
}

/**
 * Distances in shares of the height of capitals. `player` and `line` are the pitch from baseline to baseline before
 * another player and within one name: the difference shows which lines belong together. `gap` is from ink to ink,
 * `sign` from ink to the sign between the teams.
 */
interface Distances {
  readonly player: number;
  readonly line: number;
  readonly gap: number;
  readonly sign: number;
}
const roomy: Distances = { player: 1.42, line: 1.2, gap: 0.2, sign: 0.42 };
const snug: Distances = { player: 1.34, line: 1.14, gap: 0.14, sign: 0.3 };
const tight: Distances = { player: 1.24, line: 1.12, gap: 0.08, sign: 0.16 };

/**
 * Sets the names as large as the room allows. The remedies, in order: smaller letters, letters narrowed a little, two
 * lines for a name, long names smaller than short ones, and last an ellipsis.
 * @returns lines inside the room, from top to bottom
 */
export function fitNames(teams: readonly (readonly Printable[])[], room: NameRoom): FittedNames {
  for (const attempt of attempts(room.largestCapHeight)) {
    const fitted = place(teams, room, attempt);
    if (fitted) return fitted;
  }
  throw new Error('The room for the names is too small for any name.');
}

function* attempts(largest: number): Generator<Attempt> {
  const even = (cap: number, narrow: number, mostLines: number, distances: Distances): Attempt => ({
    short: cap,
    long: cap,
    shortNarrowing: narrow,
    longNarrowing: narrow,
    mostLines,
    shortened: false,
    distances,
  });
  const comfortable = capHeights.filter((cap) => cap <= largest && cap >= comfortableCapHeight);
  const modest = comfortable.filter((cap) => cap <= modestCapHeight);
  for (const cap of comfortable) yield even(cap, narrowing.unseen, 1, roomy);
  for (const cap of modest) yield even(cap, narrowing.visible, 1, roomy);
  for (const cap of comfortable) yield even(cap, narrowing.unseen, 2, roomy);
  for (const cap of modest) yield even(cap, narrowing.visible, 2, snug);
  const short = { short: comfortableCapHeight, shortNarrowing: narrowing.lastResort, longNarrowing: narrowing.visible };
  const uneven = function* (least: number, choices: readonly Distances[]): Generator<Attempt> {
    for (const long of capHeights.filter((cap) => cap <= comfortableCapHeight && cap >= least)) {
      for (const distances of choices) {
        for (const mostLines of [1, 2]) yield { ...short, long, mostLines, shortened: false, distances };
      }
    }
  };
  yield* uneven(wellReadCapHeight, [roomy, snug]);
  yield* uneven(leastCapHeight, [roomy, snug, tight]);
  const shortened = { ...short, long: leastCapHeight, shortened: true };
  for (const distances of [snug, tight]) {
    for (const mostLines of [2, 1]) yield { ...shortened, mostLines, distances };
  }
  // Only marks piled on every line come this far.
  yield { ...shortened, mostLines: 1, short: leastCapHeight, distances: tight };
}

function place(teams: readonly (readonly Printable[])[], room: NameRoom, attempt: Attempt): FittedNames | undefined {
  const set = teams.map((team) => team.flatMap((player) => setPlayer(player, room, attempt)));
  const stacked = stack(set, room.signHeight, attempt.distances);
  const spare = room.bottom - room.top - stacked.height;
  if (spare < 0) return undefined;
  const down = Math.floor(room.top + spare / 2);
  const lines: NameLine[] = [];
  for (const { line, baseline } of stacked.lines) {
    const bottom = baseline + down + line.drop;
    const free = room.widthAbove(bottom);
    const narrowed = Math.min(1, free / line.width);
    if (narrowed < line.narrowing) return undefined;
    lines.push({
      words: line.words,
      size: line.size,
      capHeight: line.cap,
      narrowed,
      width: line.width * narrowed,
      baseline: baseline + down,
      top: baseline + down - line.rise,
      bottom,
    });
  }
  return { lines, signTop: stacked.signTop + down, comfortable: attempt.short >= comfortableCapHeight };
}

interface SetLine {
  readonly words: Printable;
  readonly startsName: boolean;
  readonly cap: number;
  readonly size: number;
  readonly narrowing: number;
  readonly width: number;
  readonly rise: number;
  readonly drop: number;
}

function setPlayer(player: Printable, room: NameRoom, attempt: Attempt): SetLine[] {
  const isShort = graphemes(player.text).filter((letter) => /\p{L}/u.test(letter)).length <= shortName;
  const cap = isShort ? attempt.short : attempt.long;
  const narrow = isShort ? attempt.shortNarrowing : attempt.longNarrowing;
  const size = cap / capHeight(player);
  const mostEm = room.widthAbove(room.bottom) / narrow / size;
  return breakName(player, mostEm, attempt).map((words, row) => {
    const { width, rise, drop } = measure(words);
    return {
      words,
      startsName: row === 0,
      cap,
      size,
      narrowing: narrow,
      width: width * size,
      rise: Math.max(rise * size, cap),
      drop: drop * size,
    };
  });
}

function breakName(player: Printable, mostEm: number, { mostLines, shortened }: Attempt): Printable[] {
  if (measure(player).width <= mostEm) return [player];
  return shortened ? fillLines(player, mostLines, mostEm) : wrapEvenly(player, mostLines);
}

/** Puts lines below each other from 0 down, so that no mark of one touches the ink of the other. */
function stack(teams: readonly (readonly SetLine[])[], signHeight: number, distance: Distances) {
  const lines: { line: SetLine; baseline: number }[] = [];
  let bottom = 0;
  let signTop = 0;
  for (const [index, team] of teams.entries()) {
    const first = team[0];
    if (index > 0 && first) {
      signTop = bottom + distance.sign * (lines.at(-1)?.line.cap ?? 0);
      bottom = signTop + signHeight + distance.sign * first.cap;
    }
    for (const [row, line] of team.entries()) {
      const above = lines.at(-1);
      const gap = line.startsName ? distance.gap : distance.gap / 2;
      const byInk = bottom + (row > 0 ? gap * line.cap : 0) + line.rise;
      const pitch = line.startsName ? distance.player : distance.line;
      const byPitch = row > 0 && above ? above.baseline + pitch * line.cap : 0;
      // On whole pixels, where the feet of letters are sharp.
      const baseline = Math.ceil(Math.max(byInk, byPitch));
      lines.push({ line, baseline });
      bottom = baseline + line.drop;
    }
  }
  return { lines, signTop, height: bottom };
}
