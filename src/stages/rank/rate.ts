import type { Person } from '../../pose/index.ts';
import { measures, overlapOf, type Posture, playersOf, postureOf } from './posture.ts';
import { scorePostures, type Weights } from './posture-score.ts';
import type { PeopleByLook, Sightings } from './sightings.ts';
import { scoreSilhouettes } from './silhouette.ts';
import type { Survey } from './survey.ts';

/** The maximum score of a look without any person, in standard deviations. */
const nobody = -2.5;
/** How far silhouettes may separate looks whose posture is unknown. */
const hint = 0.2;
/** The cost of each player who is visible in most frames but not in this one: people like to see several. */
const missing = 0.4;
/** The cost of not having been examined closely. */
const unsure = 0.7;
/** The cost of one near player entirely hidden by the other, in standard deviations. */
const hidden = 1.5;
/** The cost of each near player cut off by an edge of the picture. */
const cut = 0.5;
/** Within this fraction of the picture a box counts as reaching its edge. */
const edge = 0.01;
/** The cost of somebody right in front of the lens, and the range of shares of the picture their box fills. */
const looming = { from: 0.2, to: 0.35, cost: 4 };

export interface RateOptions {
  /** Weights of the measures; the program's own by default. */
  readonly by?: Weights | undefined;
}

/** Standard deviations above the recording's mean posture, for the looks that were examined and have a clear view. */
export function ratePostures(survey: Survey, people: PeopleByLook, options: RateOptions = {}): Map<number, number> {
  const examined = [...people.keys()].sort((a, b) => a - b);
  // People in front of the lens say nothing about the players' postures.
  const free = examined.filter((index) => (survey.views[index]?.clear ?? 0) >= 0.5);
  const sightings = free.map((index) => people.get(index) ?? { times: [], brief: false });
  const scores = scorePostures(sightings.map(meanPosture), options);
  const counts = sightings.map(({ times }) => mean(times.map((people) => playersOf(people).length)));
  const usualCount = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
  return new Map(
    free.map((index, nth) => {
      const { times = [], brief = false } = sightings[nth] ?? {};
      const overlap = mean(times.map(overlapOf));
      const tooNear = mean(times.map((people) => loomingOf(people, survey.pictureSize)));
      const cutOff = mean(times.map((people) => cutOf(people, survey.pictureSize)));
      const fewer = Math.max(0, usualCount - (counts[nth] ?? 0));
      const inTheWay = hidden * overlap + cut * cutOff + looming.cost * tooNear;
      const costs = missing * fewer + inTheWay + (brief ? unsure : 0);
      return [index, (scores[nth] ?? nobody) - costs];
    }),
  );
}

/** Undefined where nobody was found at any time. */
export function meanPosture({ times }: Sightings): Posture | undefined {
  const postures = times.flatMap((people) => postureOf(people) ?? []);
  if (postures.length === 0) return undefined;
  const means = measures.map((measure) => [measure, mean(postures.map((posture) => posture[measure]))]);
  return Object.fromEntries(means) as Posture & Record<string, number>;
}

function loomingOf(people: readonly Person[], picture: { width: number; height: number }): number {
  const share = Math.max(0, ...people.map(({ box }) => box.width * box.height)) / (picture.width * picture.height);
  return Math.min(1, Math.max(0, (share - looming.from) / (looming.to - looming.from)));
}

/** How many of the two largest players are cut off by an edge of the picture. */
export function cutOf(people: readonly Person[], picture: { width: number; height: number }): number {
  const [across, down] = [edge * picture.width, edge * picture.height];
  const near = playersOf(people).slice(0, 2);
  return near.filter(({ box: { x, y, width, height } }) => {
    return x < across || x + width > picture.width - across || y < down || y + height > picture.height - down;
  }).length;
}

const mean = (values: readonly number[]) =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;

/** Standard deviations by silhouettes, for every look. */
export function rateSilhouettes({ foregrounds, looks }: Survey): number[] {
  return scoreSilhouettes(foregrounds, looks[0] ?? { width: 1, height: 1 });
}

/**
 * The score of every look, 0 to 1: by posture if known, by silhouettes if `people` is undefined; always lowered by
 * obstructions.
 */
export function rateLooks(survey: Survey, people: PeopleByLook | undefined, options: RateOptions = {}): number[] {
  const silhouettes = rateSilhouettes(survey);
  const postures = people && ratePostures(survey, people, options);
  return survey.views.map(({ clear }, index) => {
    const silhouette = silhouettes[index] ?? 0;
    const known = postures?.get(index);
    const rated = postures ? (known ?? nobody + hint * silhouette) : silhouette;
    return Number((clear / (1 + Math.exp(-rated))).toFixed(4));
  });
}
