import type { Task } from '../child/protocol.ts';
import { writeMovie } from '../media/encode/movie-writer.ts';
import type { Rotation } from '../media/recording-info.ts';
import { planMatch } from './match-plan.ts';
import { prepareMatch } from './scene.ts';
import { soundOf } from './sound.ts';

export interface DrawInput {
  file: string;
  seconds: number;
  seed: number;
  width: number;
  height: number;
  fps: number;
  creationTime: string;
  rotation: Rotation;
}

/** Draws and encodes a sample match; its messages are the fraction done. */
export const run: Task<DrawInput, number, void> = async ({ file, seconds, seed, ...settings }, context) => {
  const plan = planMatch(seconds, seed);
  const draw = prepareMatch(settings.width, settings.height, plan, seed);
  const movie = await writeMovie(file, {
    ...settings,
    codec: 'h264',
    secondsBetweenKeyFrames: 1,
    sound: soundOf(plan, seed),
  });
  const frames = Math.round(seconds * settings.fps);
  let adding: Promise<void> = Promise.resolve();
  for (let frame = 0; frame < frames; frame += 1) {
    const picture = draw(frame / settings.fps);
    // One frame is encoded while the next is drawn.
    await adding;
    adding = movie.addFrame(picture);
    context.alive();
    if (frame % settings.fps === 0) await context.send(frame / frames);
    // Drawing never waits on its own; the parent's death must still be noticed.
    await new Promise(setImmediate);
  }
  await adding;
  await movie.finish();
};
