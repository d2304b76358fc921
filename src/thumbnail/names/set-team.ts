import { shortName } from '../scale.ts';
import { graphemes } from '../text/graphemes.ts';
import { capHeight, measure } from '../text/measure.ts';
import { joined, type Printable } from '../text/printable.ts';
import { breakAnywhere, wrapEvenly } from '../text/wrap.ts';
import type { Distances, Trial } from './trials.ts';

/** A line of a team's names that has a size, but no place yet; lengths in design pixels. */
export interface SetLine {
  readonly words: Printable;
  readonly startsName: boolean;
  readonly cap: number;
  readonly size: number;
  /** Least narrowing. */
  readonly narrowing: number;
  readonly width: number;
  readonly rise: number;
  readonly drop: number;
}

const separator = ' / ';

/** @param free the width available to every line */
export function setTeam(team: readonly Printable[], free: number, trial: Trial): SetLine[] {
  const [first, ...others] = team;
  if (!first) return [];
  if (!trial.joined) return team.flatMap((player) => setPlayer(player, free, trial));
  return [setLine(joined([first, ...others], separator), true, trial.short, trial.shortNarrowing)];
}

function setPlayer(player: Printable, free: number, trial: Trial): SetLine[] {
  const isShort = graphemes(player.text).filter((letter) => /\p{L}/u.test(letter)).length <= shortName;
  const cap = isShort ? trial.short : trial.long;
  const narrow = isShort ? trial.shortNarrowing : trial.longNarrowing;
  const mostEm = (free / narrow / cap) * capHeight(player);
  return breakName(player, mostEm, trial).map((words, row) => setLine(words, row === 0, cap, narrow));
}

function setLine(words: Printable, startsName: boolean, cap: number, narrow: number): SetLine {
  const size = cap / capHeight(words);
  const { width, rise, drop } = measure(words);
  return {
    words,
    startsName,
    cap,
    size,
    narrowing: narrow,
    width: width * size,
    rise: Math.max(rise * size, cap),
    drop: drop * size,
  };
}

function breakName(player: Printable, mostEm: number, { mostLines, broken }: Trial): Printable[] {
  if (measure(player).width <= mostEm) return [player];
  return broken ? breakAnywhere(player, mostEm) : wrapEvenly(player, mostLines);
}

export interface StackedLine {
  readonly line: SetLine;
  readonly baseline: number;
}

/** Puts a team's lines below each other from `top` down, so that no diacritic of one touches the ink of the next. */
export function stackTeam(team: readonly SetLine[], top: number, distance: Distances) {
  const lines: StackedLine[] = [];
  let bottom = top;
  for (const line of team) {
    const above = lines.at(-1);
    const gap = line.startsName ? distance.gap : distance.gap / 2;
    const byInk = bottom + (above ? gap * line.cap : 0) + line.rise;
    const pitch = line.startsName ? distance.player : distance.line;
    const byPitch = above ? above.baseline + pitch * line.cap : 0;
    // On whole pixels, where the bottoms of letters are sharp.
    const baseline = Math.ceil(Math.max(byInk, byPitch));
    lines.push({ line, baseline });
    bottom = baseline + line.drop;
  }
  return { lines, bottom };
}
