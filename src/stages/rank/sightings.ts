import type { Person } from '../../pose/index.ts';

/** The people in one look, once for each time the model looked at it; at least once. */
export type Sightings = readonly (readonly Person[])[];

/** By index of the look; looks that were not examined are missing. */
export type PeopleByLook = ReadonlyMap<number, Sightings>;

/** What the pose model has found so far; outlasts the attempt where there is a workspace. */
export interface SightingsBook {
  /** The people that were found in a look, or in its mirror image, at any time; undefined when it was not examined. */
  recall(index: number, mirrored: boolean): readonly Person[] | undefined;
  note(index: number, mirrored: boolean, people: readonly Person[]): void;
  /** Makes what was noted last. */
  keep(): void;
}

/** A book that is gone with the process. */
export function sightingsBook(
  known: Iterable<readonly [string, readonly Person[]]> = [],
  keep: (entries: readonly (readonly [string, readonly Person[]])[]) => void = () => {},
): SightingsBook {
  const people = new Map<string, readonly Person[]>(known);
  const keyOf = (index: number, mirrored: boolean) => `${index}${mirrored ? ' mirrored' : ''}`;
  return {
    recall: (index, mirrored) => people.get(keyOf(index, mirrored)),
    note: (index, mirrored, found) => void people.set(keyOf(index, mirrored), found),
    keep: () => keep([...people].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
