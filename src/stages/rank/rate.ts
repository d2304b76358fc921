import type { Person } from '../../pose/index.ts';
import { postureOf } from './posture.ts';
import { scorePostures } from './posture-score.ts';
import { scoreSilhouettes } from './silhouette.ts';
import type { Survey } from './survey.ts';

export type PeopleByLook = ReadonlyMap<number, readonly Person[]>;

/** What a look without any person scores at most, in standard deviations. */
const nobody = -2.5;
/** How much the silhouettes may tell apart looks that no posture is known of. */
const hint = 0.2;

/** Standard deviations above the recording's mean posture, for the looks that were examined and have a free view. */
export function ratePostures(survey: Survey, people: PeopleByLook): Map<number, number> {
  const examined = [...people.keys()].sort((a, b) => a - b);
  // People in front of the lens are no measure for the players' postures.
  const free = examined.filter((index) => (survey.views[index]?.clear ?? 0) >= 0.5);
  const scores = scorePostures(free.map((index) => postureOf(people.get(index) ?? [])));
  return new Map(free.map((index, nth) => [index, scores[nth] ?? nobody]));
}

/** Standard deviations by silhouettes, for every look. */
export function rateSilhouettes({ foregrounds, looks }: Survey): number[] {
  return scoreSilhouettes(foregrounds, looks[0] ?? { width: 1, height: 1 });
}

/**
 * The score of every look, 0 to 1: by posture where that is known, by silhouettes where `people` is undefined; always
 * lowered by what is in the way.
 */
export function rateLooks(survey: Survey, people: PeopleByLook | undefined): number[] {
  const silhouettes = rateSilhouettes(survey);
  const postures = people && ratePostures(survey, people);
  return survey.views.map(({ clear }, index) => {
    const silhouette = silhouettes[index] ?? 0;
    const known = postures?.get(index);
    const rated = postures ? (known ?? nobody + hint * silhouette) : silhouette;
    return Number((clear / (1 + Math.exp(-rated))).toFixed(4));
  });
}
