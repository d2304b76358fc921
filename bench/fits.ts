import { openPoseFinder } from '../src/pose/index.ts';
import { findPlayers } from '../src/stages/rank/find-players.ts';
import { planExamination } from '../src/stages/rank/plan-examination.ts';
import { measures, type Posture } from '../src/stages/rank/posture.ts';
import { scorePostures } from '../src/stages/rank/posture-score.ts';
import { meanPosture } from '../src/stages/rank/rate.ts';
import { scanRecording } from '../src/stages/rank/scan.ts';
import { sightingsBook } from '../src/stages/rank/sightings.ts';
import { standardScores } from '../src/stages/rank/standard-scores.ts';
import { surveyOf } from '../src/stages/rank/survey.ts';
import { ndcgAt5, type RatedFrame, secondsPerFrame, writeTimeLapse } from './rated-frames.ts';

/** How strongly fitted weights are pulled to zero, in frames. */
const ridge = 10;

/**
 * Tells what each measure says alone, and what weights fitted on one part of the match reach on the other, next to
 * those set by hand.
 */
export async function checkFits(file: string, frames: readonly RatedFrame[]): Promise<string[]> {
  await writeTimeLapse(file, frames, (picture) => picture);
  const signal = new AbortController().signal;
  const survey = surveyOf(await scanRecording(file, signal, () => {}));
  const plan = { ...planExamination(survey.looks, 0), finalists: 0 };
  const finder = openPoseFinder({ signal, expected: plan.work });
  const { people } = await findPlayers({
    pictures: survey.pictures,
    plan,
    promise: [],
    best: () => [],
    finder,
    onFraction: () => {},
    book: sightingsBook(),
  });
  await finder.close();
  const rated = frames.flatMap((frame, index) => {
    const look = survey.looks.findIndex(({ time }) => Math.floor(time / secondsPerFrame) === index);
    const seen = people.get(look);
    const posture = seen && meanPosture(seen);
    return posture && (survey.views[look]?.clear ?? 0) >= 0.5 ? { frame, posture } : [];
  });

  const lines = measures.map((measure) => {
    const rank = spearman(
      rated.map(({ posture }) => posture[measure]),
      rated.map(({ frame }) => frame.rating),
    );
    return `${measure} alone orders the frames with Spearman ${rank.toFixed(2)}`;
  });
  const middle = Math.floor(rated.length / 2);
  const splits = [
    ['first half', 'second half', (index: number) => index < middle],
    ['second half', 'first half', (index: number) => index >= middle],
    ['even frames', 'odd frames', (index: number) => index % 2 === 0],
    ['odd frames', 'even frames', (index: number) => index % 2 === 1],
  ] as const;
  for (const [learnt, judged, isLearnt] of splits) {
    const weights = fit(rated.filter((_, index) => isLearnt(index)));
    const rest = rated.filter((_, index) => !isLearnt(index));
    const fitted = ndcgOf(
      rest.map(({ posture }) => posture),
      rest,
      weights,
    );
    const byHand = ndcgOfScores(scorePostures(rest.map(({ posture }) => posture)).map(Number), rest);
    const told = measures.map((measure, at) => `${measure} ${(weights[at] ?? 0).toFixed(2)}`).join(', ');
    lines.push(`fitted on ${learnt} (${told}): ${fitted.toFixed(3)} on ${judged}; by hand ${byHand.toFixed(3)}`);
  }
  return lines;
}

interface Rated {
  readonly frame: RatedFrame;
  readonly posture: Posture;
}

const columnsOf = (postures: readonly Posture[]) =>
  measures.map((measure) => standardScores(postures.map((posture) => posture[measure])));

/** Ridge regression by coordinate descent: minimises the squared error plus `ridge` times the squared weights. */
function fit(rated: readonly Rated[]): number[] {
  const columns = columnsOf(rated.map(({ posture }) => posture));
  const rest = standardScores(rated.map(({ frame }) => frame.rating));
  const weights = columns.map(() => 0);
  for (let round = 0; round < 200; round++) {
    for (const [at, column] of columns.entries()) {
      const old = weights[at] ?? 0;
      const product = column.reduce((sum, value, row) => sum + value * ((rest[row] ?? 0) + old * value), 0);
      const weight = product / (column.reduce((sum, value) => sum + value * value, 0) + ridge);
      for (const [row, value] of column.entries()) rest[row] = (rest[row] ?? 0) + (old - weight) * value;
      weights[at] = weight;
    }
  }
  return weights;
}

function ndcgOf(postures: readonly Posture[], rated: readonly Rated[], weights: readonly number[]): number {
  const columns = columnsOf(postures);
  const scores = postures.map((_, row) =>
    columns.reduce((sum, column, at) => sum + (weights[at] ?? 0) * (column[row] ?? 0), 0),
  );
  return ndcgOfScores(scores, rated);
}

function ndcgOfScores(scores: readonly number[], rated: readonly Rated[]): number {
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const times = order.map((index) => index * secondsPerFrame);
  return ndcgAt5(
    times,
    rated.map(({ frame }) => frame),
  );
}

function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [standardScores(ranksOf(a)), standardScores(ranksOf(b))];
  return x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0) / x.length;
}

/** Equal values share their mean rank. */
function ranksOf(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    return below + (values.filter((other) => other === value).length - 1) / 2;
  });
}
