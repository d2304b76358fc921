import { StageError } from '../../domain/errors.ts';
import type { PoseFinder, Scrutiny } from '../../pose/index.ts';
import { type ExaminationPlan, workOf } from './plan-examination.ts';
import type { PeopleByLook, Sightings, SightingsBook } from './sightings.ts';

export interface FindOptions {
  /** Of each look, as JPEG. */
  readonly pictures: readonly Uint8Array[];
  readonly plan: ExaminationPlan;
  /** For each look, before any posture is known. */
  readonly promise: readonly number[];
  /** The given number of best looks by what has been found, best first, each a different moment. */
  readonly best: (people: PeopleByLook, most: number) => readonly number[];
  readonly onFraction: (fraction: number) => void;
  /** What an earlier attempt found, and where new findings are noted. */
  readonly book: SightingsBook;
  readonly finder: PoseFinder;
}

export interface FoundPlayers {
  readonly people: PeopleByLook;
  /** Why it is incomplete, for people. */
  readonly trouble?: string;
}

/** Looks for people with the pose model, as planned: many looks at first, then closer at the best. */
export async function findPlayers(options: FindOptions): Promise<FoundPlayers> {
  const { pictures, plan, promise, onFraction, book, finder } = options;
  const { pool, attention, parts, neighbourhoods, finalists } = plan;
  const people = new Map<number, Sightings>();
  let done = 0;

  async function look(index: number, attention: Scrutiny): Promise<void> {
    const picture = pictures[index];
    if (!picture) return;
    if (!book.recall(index, attention)) book.note(index, attention, await finder.find(picture, attention));
    done += workOf(attention);
    onFraction(Math.min(1, done / plan.work));
  }
  async function examine(indices: readonly number[], attention: Scrutiny): Promise<void> {
    try {
      await Promise.all(indices.map((index) => look(index, attention)));
    } finally {
      for (const index of indices) {
        const found = book.recall(index, attention);
        if (!found) continue;
        const before = people.get(index);
        // A close look corrects a brief one.
        const times = before && !before.brief ? [...before.times, found] : [found];
        people.set(index, { times, brief: attention === 'brief' });
      }
      book.keep();
    }
  }
  const best = (most: number) => (most > 0 ? options.best(people, most).filter((index) => people.has(index)) : []);
  try {
    await examine(parts ? bestOfEachPart(pool, parts, promise) : pool, attention);
    if (neighbourhoods > 0) {
      const around = best(neighbourhoods).flatMap((index) => neighboursOf(pool, index));
      await examine(
        [...new Set(around)].filter((index) => !people.has(index)),
        attention,
      );
    }
    const last = best(finalists);
    await examine(last, attention === 'brief' ? 'close' : 'mirrored');
  } catch (error) {
    if (!(error instanceof StageError) || error.code !== 'POSE_FAILED') throw error;
    return { people, trouble: error.message };
  }
  return { people };
}

function neighboursOf(pool: readonly number[], index: number): number[] {
  const at = pool.indexOf(index);
  return [at - 1, at + 1].flatMap((place) => pool[place] ?? []);
}

function bestOfEachPart(pool: readonly number[], parts: number, promise: readonly number[]): number[] {
  return Array.from({ length: parts }, (_, part) => {
    const of = pool.slice(Math.floor((part * pool.length) / parts), Math.floor(((part + 1) * pool.length) / parts));
    return of.reduce((best, index) => ((promise[index] ?? 0) > (promise[best] ?? 0) ? index : best));
  });
}
