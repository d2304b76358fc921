/** What grouping needs to know about a candidate. */
export interface Groupable {
  readonly time: number;
  readonly score: number;
  readonly parts?: { readonly rally?: number | undefined } | undefined;
}

export interface Group<T> {
  /** Number of the rally, from 1; absent between rallies and when they are not known. */
  readonly rally?: number;
  /** Best first. */
  readonly candidates: readonly T[];
}

/** Seconds within which two frames outside rallies show the same moment. */
const sameMoment = 8;

/** Candidates that show the same rally, or the same moment, together; the best group and the best frame first. */
export function groupCandidates<T extends Groupable>(candidates: readonly T[]): Group<T>[] {
  const best = candidates.toSorted((a, b) => b.score - a.score);
  const groups: { rally?: number; candidates: T[] }[] = [];
  for (const candidate of best) {
    const rally = candidate.parts?.rally;
    const group = groups.find((each) =>
      rally !== undefined
        ? each.rally === rally
        : each.rally === undefined && each.candidates.some(({ time }) => Math.abs(time - candidate.time) < sameMoment),
    );
    if (group) group.candidates.push(candidate);
    else groups.push({ ...(rally !== undefined && { rally }), candidates: [candidate] });
  }
  return groups;
}
