import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeMovie } from '../src/media/encode/movie-writer.ts';
import { planMatch } from '../src/sample-match/match-plan.ts';
import { prepareMatch } from '../src/sample-match/scene.ts';
import { repeatMovie } from './repeat-movie.ts';

export interface FootageSettings {
  readonly width: number;
  readonly height: number;
  /** Deviation of the noise, in 255ths; it determines the bit rate. */
  readonly noise: number;
  /** Seconds that are drawn; the rest repeats them. */
  readonly drawn: number;
  readonly seconds: number;
  /** Default H.264. */
  readonly codec?: 'h264' | 'hevc';
  /** Default 1; a whole number of them must fit into the drawn part. */
  readonly secondsBetweenKeyFrames?: number;
}

const fps = 30;

/** A recording of this length; made once, then cached in the temporary folder. */
export async function footage(settings: FootageSettings): Promise<string> {
  const { width, height, noise, drawn, seconds, codec = 'h264', secondsBetweenKeyFrames = 1 } = settings;
  const folder = path.join(tmpdir(), 'badminton-bench-footage');
  await mkdir(folder, { recursive: true });
  const special = codec === 'h264' && secondsBetweenKeyFrames === 1 ? '' : `-${codec}-${secondsBetweenKeyFrames}s`;
  const clip = path.join(folder, `${width}x${height}-noise-${noise}-${drawn}s${special}.mov`);
  await made(clip, (draft) => drawClip(draft, settings));
  const file = clip.replace('.mov', `-for-${seconds}s.mov`);
  await made(file, (draft) => repeatMovie(clip, draft, seconds));
  return file;
}

async function made(file: string, make: (draft: string) => Promise<void>): Promise<void> {
  if (existsSync(file)) return;
  const draft = `${file}.${process.pid}.mov`;
  await make(draft);
  await rename(draft, file);
}

async function drawClip(file: string, settings: FootageSettings): Promise<void> {
  const { width, height, noise, drawn, codec = 'h264', secondsBetweenKeyFrames = 1 } = settings;
  const draw = prepareMatch(width, height, planMatch(drawn, 1), 1);
  const movie = await writeMovie(file, { width, height, fps, codec, secondsBetweenKeyFrames, rotation: 0 });
  const grain = grainOf(noise);
  for (let frame = 0; frame < drawn * fps; frame++) {
    const picture = draw(frame / fps);
    let at = (frame * 7919) % grain.length;
    for (let pixel = 0; pixel < picture.length; pixel += 3) {
      const value = grain[at++ % grain.length] ?? 0;
      picture[pixel] = (picture[pixel] ?? 0) + value;
      picture[pixel + 1] = (picture[pixel + 1] ?? 0) + value;
      picture[pixel + 2] = (picture[pixel + 2] ?? 0) + value;
    }
    await movie.addFrame(picture);
  }
  await movie.finish();
}

/** A table of noise whose length matches no row; the same in every run. */
function grainOf(deviation: number): Int8Array {
  let state = 1;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
  // Four uniform numbers make a bell curve of variance 1/3.
  return Int8Array.from({ length: 1_299_709 }, () => {
    return (random() + random() + random() + random() - 2) * Math.sqrt(3) * deviation;
  });
}
