import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { z } from 'zod';
import type { StudioEnv } from '../env.ts';
import { firstStartStates } from '../first-start-desk.ts';
import { requireAdministrator } from '../guard/may.ts';
import { mistakes } from '../mistakes.ts';
import { openSample } from '../sample.ts';
import { smallBody } from '../small-body.ts';
import type { StudioParts } from '../studio-parts.ts';

const stateSchema = z.strictObject({ state: z.enum(firstStartStates) });

/**
 * The first start: for who sits at this machine, and for administrators' devices.
 * @param ending aborts when the studio closes
 */
export function firstStartRoutes(parts: StudioParts, ending: AbortSignal) {
  const { firstStart } = parts;
  const sample = openSample(parts, ending);
  return new Hono<StudioEnv>()
    .use(async (c, next) => {
      requireAdministrator(c, 'The first start can be seen and left');
      await next();
    })
    .get('/', (c) => c.json({ isDue: firstStart.isDue() }))
    .put('/', smallBody(), zValidator('json', stateSchema, mistakes), (c) => {
      firstStart.keep(c.req.valid('json').state);
      return c.json({ isDue: firstStart.isDue() });
    })
    .get('/sample', (c) => c.json(sample.view()))
    .post('/sample', (c) => {
      sample.begin();
      return c.json(sample.view());
    });
}
