import sharp from 'sharp';
import type { Task } from '../child/protocol.ts';
import { planMatch } from './match-plan.ts';
import { prepareMatch } from './scene.ts';

/** Draws one moment of the sample match, as a JPEG. */
export const run: Task<{ readonly width: number; readonly height: number }, never, Uint8Array> = ({
  width,
  height,
}) => {
  const seed = 1;
  const plan = planMatch(24, seed);
  const pixels = prepareMatch(width, height, plan, seed)((plan.rallies[0]?.start ?? 0) + 2);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
};
