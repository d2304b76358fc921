import { StageError } from '../../domain/errors.ts';
import { findPeople, type Person, type PoseLimits } from '../../pose/index.ts';
import type { Survey } from './survey.ts';

/** Up to this many key frames all are looked at for people, */
const fewEnough = 90;
/** but not more of a second: within half of one nobody takes another posture. */
const perSecond = 2;
/** Of more key frames: the most promising one of each of so many equal parts of the recording, */
const parts = 20;
/** and then the neighbours of the best of these. */
const neighbourhoods = 5;
/** The best of all are looked at a second time, mirrored: what the model saw wrongly it seldom sees wrongly twice. */
const finalists = 10;
/** A clip too short for this many looks has no finalists to speak of. */
const worthASecondLook = 20;

export interface FindOptions {
  readonly signal: AbortSignal;
  readonly onFraction: (fraction: number) => void;
  /** Limits of the pose process, as `findPeople` takes them. */
  readonly limits?: PoseLimits;
}

/** The people in one look, once for each time the model looked at it; at least once. */
export type Sightings = readonly (readonly Person[])[];

/** By index of the look; looks that were not examined are missing. */
export type PeopleByLook = ReadonlyMap<number, Sightings>;

export interface FoundPlayers {
  readonly people: PeopleByLook;
  /** Why it is incomplete, for people. */
  readonly trouble?: string;
}

/**
 * Looks for people with the pose model in a bounded number of looks, however long the recording is.
 * @param promise of each look, before any posture is known
 * @param rate how good the looks that were examined are
 */
export async function findPlayers(
  survey: Survey,
  promise: readonly number[],
  rate: (people: PeopleByLook) => ReadonlyMap<number, number>,
  options: FindOptions,
): Promise<FoundPlayers> {
  const people = new Map<number, Sightings>();
  let examined = 0;
  const count = survey.looks.length;
  const all = count <= fewEnough ? apart(survey.looks) : [];
  const once = all.length || parts + neighbourhoods * 2;
  const expected = once + (once >= worthASecondLook ? finalists : 0);
  const examine = (indices: readonly number[], mirrored = false) =>
    findPeople(
      indices.flatMap((index) => survey.pictures[index] ?? []),
      {
        ...options.limits,
        signal: options.signal,
        mirrored,
        onPeople: (nth, found) => {
          const index = indices[nth] ?? 0;
          people.set(index, [...(people.get(index) ?? []), found]);
          examined += 1;
          options.onFraction(Math.min(1, examined / expected));
        },
      },
    );
  const best = (most: number) =>
    [...rate(people)]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, most)
      .map(([index]) => index);
  try {
    if (all.length > 0) {
      await examine(all);
    } else {
      await examine(bestOfEachPart(promise));
      const around = new Set(best(neighbourhoods).flatMap((index) => [index - 1, index + 1]));
      await examine([...around].filter((index) => index >= 0 && index < count && !people.has(index)));
    }
    if (people.size >= worthASecondLook) await examine(best(finalists), true);
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return { people, trouble: error.message };
  }
  return { people };
}

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

function bestOfEachPart(promise: readonly number[]): number[] {
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * promise.length) / parts);
    const to = Math.floor(((part + 1) * promise.length) / parts);
    let best = from;
    for (let index = from; index < to; index++) {
      if ((promise[index] ?? 0) > (promise[best] ?? 0)) best = index;
    }
    return best;
  });
}
