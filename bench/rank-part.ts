import { differentMoments } from '../src/stages/rank/different-moments.ts';
import { findPlayers } from '../src/stages/rank/find-players.ts';
import { momentsOf } from '../src/stages/rank/moments.ts';
import { planExamination } from '../src/stages/rank/plan-examination.ts';
import { standardPostures, type Weights } from '../src/stages/rank/posture-score.ts';
import { meanPosture, rateLooks } from '../src/stages/rank/rate.ts';
import { type PeopleByLook, sightingsBook } from '../src/stages/rank/sightings.ts';
import { standardScores } from '../src/stages/rank/standard-scores.ts';
import { type Survey, surveyOf } from '../src/stages/rank/survey.ts';
import { clearEnough } from '../src/stages/rank/view.ts';
import type { Examined } from './examined.ts';
import type { Lesson } from './fit-weights.ts';
import { ndcgAt5, type RatedFrame, secondsPerFrame } from './rated-frames.ts';

/** Some frames of a variant, as a separate recording. */
export interface Part {
  readonly survey: Survey;
  readonly people: Examined['people'];
  readonly frames: readonly RatedFrame[];
}

/** @param indices of the frames, in chronological order */
export function partOf({ scan, people }: Examined, frames: readonly RatedFrame[], indices: readonly number[]): Part {
  const looks = indices.map((frame) =>
    scan.looks.findIndex(({ time }) => Math.floor(time / secondsPerFrame) === frame),
  );
  const place = new Map(looks.map((look, index) => [String(look), index]));
  return {
    survey: surveyOf({
      ...scan,
      looks: looks.flatMap((look) => scan.looks[look] ?? []),
      pictures: looks.flatMap((look) => scan.pictures[look] ?? []),
    }),
    people: people.flatMap(([key, found]) => {
      const [look = '', attention] = key.split(' ');
      const index = place.get(look);
      return index === undefined ? [] : [[`${index} ${attention}`, found] as const];
    }),
    frames: indices.flatMap((index) => frames[index] ?? []),
  };
}

/** NDCG@5 of the stage's own ranking of a part, with these weights, using the cached answers of the model. */
export async function ndcgOfPart({ survey, people, frames }: Part, by?: Weights): Promise<number> {
  const best = (found: PeopleByLook, most: number) =>
    differentMoments(momentsOf(survey, rateLooks(survey, found, { by })), most).map(({ index }) => index);
  const found = await findPlayers({
    pictures: survey.pictures,
    plan: planExamination(survey.looks, 5),
    promise: [],
    best,
    onFraction: () => {},
    book: sightingsBook(people),
    finder: { find: () => Promise.reject(new Error('This look was not examined.')), close: async () => {} },
  });
  return ndcgAt5(
    best(found.people, 5).map((index) => index * secondsPerFrame),
    frames,
  );
}

/** What a part teaches: its looks with a clear view; `count` is the weight of each. */
export function lessonsOf({ survey, people, frames }: Part, count: number): Lesson[] {
  const seen = new Map(people);
  const free = frames.flatMap((frame, index) => {
    const times = [seen.get(`${index} close`) ?? [], seen.get(`${index} mirrored`) ?? []];
    const posture = meanPosture({ times, brief: false });
    return posture && (survey.views[index]?.clear ?? 0) >= clearEnough ? [{ posture, rating: frame.rating }] : [];
  });
  const postures = standardPostures(free.map(({ posture }) => posture));
  const ratings = standardScores(free.map(({ rating }) => rating));
  return postures.flatMap((posture, index) => (posture ? [{ posture, rating: ratings[index] ?? 0, count }] : []));
}
