#!/usr/bin/env node
// Whether weights learned from one half of the rated match rank the other half as people do: RATED_FRAMES=folder node
// bench/ranking-splits.ts The folder holds frame_*.jpg and ratings.csv. What the pose model sees is cached in the
// temporary folder, outside the project: the first run takes minutes, later ones seconds.
import { type Examined, examined } from './examined.ts';
import { fitWeights, toldWeights } from './fit-weights.ts';
import { type Side, splitsOf } from './halves.ts';
import { lessonsOf, ndcgOfPart, type Part, partOf } from './rank-part.ts';
import { variants } from './ranking-variants.ts';
import { ndcgOfRaters, readRatedFrames } from './rated-frames.ts';

const folder = process.env.RATED_FRAMES;
if (!folder) throw new Error('RATED_FRAMES must name a folder with frame_*.jpg and ratings.csv.');
const partitions = 5;
const enough = 0.95;

const frames = await readRatedFrames(folder);
const kinds = variants.filter(({ frames, options }) => !frames && !options);
const copies: { name: string; seen: Examined }[] = [];
for (const kind of kinds) copies.push({ name: kind.name, seen: await examined(kind, frames) });
const everything: Side = { frames: [...frames.keys()], variants: [...copies.keys()] };

const row = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
const told = (value: number) => value.toFixed(3);
row([
  'split',
  'weights that one half teaches',
  'worst of the other',
  'in the variant',
  'mean',
  'by the program’s',
  'raters',
]);
row(Array(7).fill('---'));
const worsts: number[] = [];
for (const [nth, { learnt, judged }] of splitsOf(frames.length, copies.length, partitions).entries()) {
  const weights = fitted(learnt);
  const [fit, set] = [await scoresOf(judged, weights), await scoresOf(judged)];
  const worst = Math.min(...fit);
  const where = copies[judged.variants[fit.indexOf(worst)] ?? 0]?.name ?? '';
  const raters = ndcgOfRaters(judged.frames.flatMap((index) => frames[index] ?? []));
  const mean = fit.reduce((sum, value) => sum + value, 0) / fit.length;
  row([
    `${nth + 1}`,
    toldWeights(weights),
    told(worst),
    where,
    told(mean),
    told(Math.min(...set)),
    `${told(Math.min(...raters))} to ${told(Math.max(...raters))}`,
  ]);
  worsts.push(worst);
}
const worst = Math.min(...worsts);
console.log(
  `\nThe worst variant of the worst split: ${told(worst)}, ${worst >= enough ? 'not under' : 'UNDER'} ${enough}.`,
);
const whole = await scoresOf(everything);
console.log(
  `All frames by the program’s: ${copies.map(({ name }, nth) => `${name} ${told(whole[nth] ?? 0)}`).join(', ')}.`,
);
console.log(`All ${frames.length} frames and ${copies.length} variants teach: ${toldWeights(fitted(everything))}.`);

function partsOf(side: Side): Part[] {
  return side.variants.flatMap((variant) => {
    const copy = copies[variant];
    return copy ? partOf(copy.seen, frames, side.frames) : [];
  });
}

function fitted(side: Side) {
  return fitWeights(partsOf(side).flatMap((part) => lessonsOf(part, 1 / side.variants.length)));
}

function scoresOf(side: Side, weights?: ReturnType<typeof fitted>): Promise<number[]> {
  return Promise.all(partsOf(side).map((part) => ndcgOfPart(part, weights)));
}
