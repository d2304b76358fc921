import type { Person, Scrutiny } from '../../pose/index.ts';

/** The people in one look. */
export interface Sightings {
  /** One entry for each time the model looked at it; at least one. */
  readonly times: readonly (readonly Person[])[];
  /** Whether it only looked briefly, and so may be wrong. */
  readonly brief: boolean;
}

/** By index of the look; looks that were not examined are missing. */
export type PeopleByLook = ReadonlyMap<number, Sightings>;

/** What the pose model has found so far; outlasts the attempt if there is a workspace. */
export interface SightingsBook {
  /** The people found in a look with this attention, at any time; undefined if it was not examined that way. */
  recall(index: number, attention: Scrutiny): readonly Person[] | undefined;
  note(index: number, attention: Scrutiny, people: readonly Person[]): void;
  /** Makes what was noted last. */
  keep(): void;
}

/** A book that disappears with the process. */
export function sightingsBook(
  known: Iterable<readonly [string, readonly Person[]]> = [],
  keep: (entries: readonly (readonly [string, readonly Person[]])[]) => void = () => {},
): SightingsBook {
  const people = new Map<string, readonly Person[]>(known);
  const keyOf = (index: number, attention: Scrutiny) => `${index} ${attention}`;
  return {
    recall: (index, attention) => people.get(keyOf(index, attention)),
    note: (index, attention, found) => void people.set(keyOf(index, attention), found),
    keep: () => keep([...people].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
