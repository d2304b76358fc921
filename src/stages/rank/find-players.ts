import { StageError } from '../../domain/errors.ts';
import type { PoseFinder } from '../../pose/index.ts';
import type { PeopleByLook, Sightings, SightingsBook } from './sightings.ts';
import type { Survey } from './survey.ts';

/** Up to this many key frames all are looked at for people, */
const fewEnough = 90;
/** but not more of a second: within half of one nobody takes another posture. */
const perSecond = 2;
/** Of more key frames: the most promising one of each of so many equal parts of the recording, */
const parts = 20;
/** and then the neighbours of the best of these. */
const neighbourhoods = 4;
/** The best of all are looked at a second time, mirrored: what the model saw wrongly it seldom sees wrongly twice. */
const finalists = 8;
/** A clip too short for this many looks has no finalists to speak of. */
const worthASecondLook = 20;

export interface FindOptions {
  readonly onFraction: (fraction: number) => void;
  /** What an earlier attempt has found, and where what is found now is noted. */
  readonly book: SightingsBook;
  readonly finder: PoseFinder;
}

/** The looks that are examined first, and how many examinations there will be in all. */
export interface ExaminationPlan {
  /** Undefined where there are too many looks to examine them all. */
  readonly all: readonly number[] | undefined;
  readonly expected: number;
}

export function planExamination(looks: readonly { readonly time: number }[]): ExaminationPlan {
  const all = looks.length <= fewEnough ? apart(looks) : undefined;
  const once = all?.length ?? parts + neighbourhoods * 2;
  return { all, expected: once + (once >= worthASecondLook ? finalists : 0) };
}

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
  { onFraction, book, finder }: FindOptions,
): Promise<FoundPlayers> {
  const people = new Map<number, Sightings>();
  const count = survey.looks.length;
  const { all, expected } = planExamination(survey.looks);
  let examined = 0;

  async function look(index: number, mirrored: boolean): Promise<void> {
    const picture = survey.pictures[index];
    if (!picture) return;
    if (!book.recall(index, mirrored)) book.note(index, mirrored, await finder.find(picture, mirrored));
    examined += 1;
    onFraction(Math.min(1, examined / expected));
  }
  async function examine(indices: readonly number[], mirrored = false): Promise<void> {
    try {
      await Promise.all(indices.map((index) => look(index, mirrored)));
    } finally {
      for (const index of indices) {
        const found = book.recall(index, mirrored);
        if (found) people.set(index, [...(people.get(index) ?? []), found]);
      }
      book.keep();
    }
  }
  const best = (most: number) =>
    [...rate(people)]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, most)
      .map(([index]) => index);
  try {
    if (all) {
      await examine(all);
    } else {
      await examine(bestOfEachPart(promise));
      const around = new Set(best(neighbourhoods).flatMap((index) => [index - 1, index + 1]));
      await examine([...around].filter((index) => index >= 0 && index < count && !people.has(index)));
    }
    if (people.size >= worthASecondLook) await examine(best(finalists), true);
  } catch (error) {
    if (!(error instanceof StageError) || error.code !== 'POSE_FAILED') throw error;
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
