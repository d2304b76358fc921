import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { type MovieSettings, writeMovie } from '../src/media/encode/movie-writer.ts';

/** A frame with people's mean rating, 0 to 10. */
export interface RatedFrame {
  readonly file: string;
  readonly rating: number;
  /** Each person's rating. */
  readonly raters: readonly number[];
}

export const secondsPerFrame = 2;

const numberOf = (name: string) => Number(name.replace(/\D/g, ''));

/**
 * Reads `ratings.csv` (name, mean rating, each rater's rating in columns named rater_…) from a folder of frames; in
 * order of their numbers, which is chronological.
 */
export async function readRatedFrames(folder: string): Promise<RatedFrame[]> {
  const names = new Set(await readdir(folder));
  const [head = '', ...lines] = (await readFile(path.join(folder, 'ratings.csv'), 'utf8')).trim().split('\n');
  const columns = [...head.split(',').entries()].filter(([, name]) => name.startsWith('rater_'));
  return lines
    .map((line) => line.split(','))
    .filter(([name = '']) => names.has(name))
    .map((cells) => {
      const [name = '', mean] = cells;
      const raters = columns.map(([column]) => Number(cells[column]));
      return { name, file: path.join(folder, name), rating: Number(mean), raters };
    })
    .sort((a, b) => numberOf(a.name) - numberOf(b.name));
}

/** Makes a different picture from a frame; `index` is its position in the time-lapse. */
export type Change = (picture: Sharp, index: number) => Sharp | Promise<Sharp>;

/** Writes a time-lapse of the frames, each held for two seconds, after applying `change` to each. */
export async function writeTimeLapse(
  file: string,
  frames: readonly RatedFrame[],
  change: Change,
  coding: Partial<Pick<MovieSettings, 'codec' | 'rateFactor'>> = {},
): Promise<void> {
  let movie: Awaited<ReturnType<typeof writeMovie>> | undefined;
  for (const [index, frame] of frames.entries()) {
    const changed = await change(sharp(frame.file), index);
    const { data, info } = await changed.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    movie ??= await writeMovie(file, {
      width: info.width,
      height: info.height,
      fps: 1,
      codec: 'h264',
      secondsBetweenKeyFrames: secondsPerFrame,
      rotation: 0,
      ...coding,
    });
    for (let second = 0; second < secondsPerFrame; second++) await movie.addFrame(data);
  }
  await movie?.finish();
}

/**
 * Normalised discounted cumulative gain of the first five (Järvelin and Kekäläinen, 2002), the gain being the rating;
 * the same frame a second time earns nothing, even if the recording shows it again.
 */
export function ndcgAt5(times: readonly number[], frames: readonly RatedFrame[]): number {
  const picks = times
    .slice(0, 5)
    .map((time) => frames[Math.min(frames.length - 1, Math.floor(time / secondsPerFrame))]);
  const gains = picks.map((pick, nth) => (picks.indexOf(pick) < nth ? 0 : (pick?.rating ?? 0)));
  const best = [...new Set(frames)].map(({ rating }) => rating).sort((a, b) => b - a);
  return discounted(gains) / discounted(best.slice(0, 5));
}

/**
 * The NDCG@5 each rater reaches when judged by the mean of the others: what a ranking that errs as people do could
 * reach. Frames with the same rating from the rater come in any order, and count as their mean.
 */
export function ndcgOfRaters(frames: readonly RatedFrame[]): number[] {
  return (frames[0]?.raters ?? []).map((_, rater) => {
    const judged = frames.map(({ raters }) => {
      const others = raters.filter((_, other) => other !== rater);
      return { given: raters[rater] ?? 0, gain: others.reduce((sum, value) => sum + value, 0) / others.length };
    });
    const gains = judged
      .toSorted((a, b) => b.given - a.given)
      .map(({ given }) => {
        const same = judged.filter((frame) => frame.given === given);
        return same.reduce((sum, { gain }) => sum + gain, 0) / same.length;
      });
    const best = judged.map(({ gain }) => gain).sort((a, b) => b - a);
    return discounted(gains.slice(0, 5)) / discounted(best.slice(0, 5));
  });
}

const discounted = (gains: readonly number[]) => gains.reduce((sum, gain, nth) => sum + gain / Math.log2(nth + 2), 0);
