import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { StudioEnv } from '../env.ts';
import { requireAdministrator } from '../guard/may.ts';
import { mistakes } from '../mistakes.ts';
import { RequestError } from '../problem.ts';
import { smallBody } from '../small-body.ts';
import type { StudioParts } from '../studio-parts.ts';

/** Bytes; Google's file has some four hundred. */
const largestClient = 64 * 1024;
const answerSchema = z.strictObject({ address: z.string().max(4000) });

/** The sign-in to YouTube: for who sits at this machine, and for administrators' devices. */
export function youtubeRoutes({ signIn }: StudioParts) {
  return new Hono<StudioEnv>()
    .use(async (c, next) => {
      requireAdministrator(c, 'The sign-in to YouTube can be seen and changed');
      await next();
    })
    .get('/', (c) => c.json(signIn.view()))
    .put('/client', bodyLimit({ maxSize: largestClient, onError: tooLarge }), async (c) => {
      signIn.keepClient(await c.req.text());
      return c.json(signIn.view());
    })
    .post('/sign-in', async (c) => {
      await signIn.begin();
      return c.json(signIn.view());
    })
    .post('/sign-in/answer', smallBody(), zValidator('json', answerSchema, mistakes), (c) => {
      signIn.answer(c.req.valid('json').address);
      return c.json(signIn.view());
    })
    .delete('/sign-in/pending', (c) => {
      signIn.stop();
      return c.json(signIn.view());
    })
    .delete('/sign-in', async (c) => {
      await signIn.signOut();
      return c.json(signIn.view());
    });
}

function tooLarge(): never {
  throw new RequestError(413, 'That is not the client of a Desktop app: its file is much smaller.');
}
