import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { z } from 'zod';
import type { StudioEnv } from '../env.ts';
import { within } from '../limits.ts';
import { whereItsFilesAre } from '../machines/pass-on.ts';
import { mistakes } from '../mistakes.ts';
import { pictureWidths } from '../scaled-pictures.ts';
import type { StudioParts } from '../studio-parts.ts';
import { shownFile } from '../unprepared.ts';

const moment = z.object({
  at: z.coerce.number().min(0),
  width: z.coerce
    .number()
    .pipe(z.union(pictureWidths.map((width) => z.literal(width))))
    .default(1280),
  precision: z.enum(['exact', 'key']).default('exact'),
});

/** Any moment of a recording, even if the browser cannot play it. Headers of the answer give times in seconds. */
export function frameRoutes(parts: StudioParts) {
  return new Hono<StudioEnv>().get(
    '/:id/frames',
    within(parts.shares.pictures, 'frames'),
    zValidator('query', moment, mistakes),
    whereItsFilesAre(parts),
    async (c) => {
      const { at: time, width, precision } = c.req.valid('query');
      const file = await shownFile(parts, c.var.video);
      const { signal } = c.req.raw;
      const frame = await parts.frames.frame(file, { time, width, precision }, { signal });
      return c.body(new Uint8Array(frame.jpeg), 200, {
        'content-type': 'image/jpeg',
        'cache-control': 'private, max-age=3600',
        'x-time': String(frame.time),
        ...(frame.previousTime !== undefined && { 'x-previous': String(frame.previousTime) }),
        ...(frame.nextTime !== undefined && { 'x-next': String(frame.nextTime) }),
      });
    },
  );
}
