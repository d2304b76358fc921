import type { Team } from './match-words.ts';
import { hasLetterOrDigit } from './text.ts';

/** One way to read a text, and its cost: 0 means nothing speaks against it, equal costs are equally good. */
export interface Reading<T> {
  readonly value: T;
  readonly cost: number;
}

export interface Separator {
  readonly start: number;
  readonly end: number;
  readonly cost: number;
}

// A name in lower case weighs more than everything else that one split can do wrong.
const lowerCaseName = 16;
const oneLetterName = 3;
const capitalSeparator = 1;
const spacedOnBothSides = 0;
const tight = 1;
const spacedOnOneSide = 2;

/** Every way to read a team's text as one player (`size` 1, never split) or two; none if there is no such way. */
export function readTeam(text: string, size: 1 | 2): Reading<Team>[] {
  if (size === 1) return readNames([text], 0);
  const byPlus = text.split('+');
  if (byPlus.length > 1) return byPlus.length === 2 ? readNames(byPlus, 0) : [];
  return partnerSeparators(text).flatMap(({ start, end, cost }) =>
    readNames([text.slice(0, start), text.slice(end)], cost),
  );
}

/** Every position where `vs`, in any case, may separate two teams. */
export function versusSeparators(text: string): Separator[] {
  return separators(text, /vs/giu).map((separator) => {
    // "A vs. B"
    const dot = /^\.\s/.test(text.slice(separator.end)) ? 1 : 0;
    return { ...separator, end: separator.end + dot };
  });
}

function partnerSeparators(text: string): Separator[] {
  const hyphens = separators(text, /-/gu);
  const letters = separators(text, /z/giu).filter((separator) => !cutsOneName(text, separator));
  if (hyphens.length === 0) return letters;
  // Next to a hyphen, a z separates only where a capital says so: "Vinh-Dzung" has no second reading, "Anne-MariezBo"
  // has.
  return [
    ...hyphens,
    ...letters.filter(({ start, end }) => text[start] === 'z' && /^\s*\p{Lu}/u.test(text.slice(end))),
  ];
}

/** "Dzung" is one player, not "D" and "ung". */
function cutsOneName(text: string, { start, end }: Separator): boolean {
  const before = text.slice(0, start).trimStart();
  const after = text.slice(end).trimEnd();
  return /^\p{Lu}/u.test(before) && /^\p{Ll}/u.test(after) && (before.length === 1 || after.length === 1);
}

function separators(text: string, pattern: RegExp): Separator[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const start = match.index;
    const end = start + match[0].length;
    const after = text.slice(end);
    const belongsToMark = /^\p{M}/u.test(after);
    const startsName = /^\p{Lu}/u.test(match[0]) && /^\p{Ll}/u.test(after) && !/\p{Lu}$/u.test(match[0].slice(1));
    if (belongsToMark || startsName) return [];
    const capital = /\p{Lu}/u.test(match[0]) ? capitalSeparator : 0;
    return [{ start, end, cost: capital + spacingCost(text.slice(0, start), after) }];
  });
}

function spacingCost(before: string, after: string): number {
  const spaces = Number(/\s$/.test(before)) + Number(/^\s/.test(after));
  return [tight, spacedOnOneSide, spacedOnBothSides][spaces] ?? tight;
}

function readNames(parts: readonly string[], separatorCost: number): Reading<Team>[] {
  const names = parts.map((part) => part.trim());
  if (!names.every(isName)) return [];
  const cost = names.reduce((sum, name) => sum + nameCost(name), separatorCost);
  return [{ value: names, cost }];
}

function isName(text: string): boolean {
  return hasLetterOrDigit(text) && !/^[-\p{M}]|-$/u.test(text);
}

function nameCost(name: string): number {
  return (/^\p{Ll}/u.test(name) ? lowerCaseName : 0) + (name.length === 1 ? oneLetterName : 0);
}
