import { zValidator } from '@hono/zod-validator';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { mostPublishedAtOnce } from '../../../domain/rehearsed-cost.ts';
import { videoIdPattern } from '../../../domain/video-id.ts';
import type { StudioEnv } from '../env.ts';
import { isAdministrator, requireAdministrator } from '../guard/may.ts';
import { mistakes } from '../mistakes.ts';
import { RequestError } from '../problem.ts';
import { smallBody } from '../small-body.ts';
import type { StudioParts } from '../studio-parts.ts';

const channelId = z.string().min(1).max(100);
const switchSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('local') }),
  z.strictObject({ to: z.literal('youtube'), channelId }),
]);
const videoIds = z.array(z.string().regex(videoIdPattern)).min(1).max(mostPublishedAtOnce);
/** Without ids: all that can be published. */
const quoteSchema = z.strictObject({ videoIds: videoIds.optional() });
/** Those of which a person was told. */
const publishSchema = z.strictObject({ videoIds, channelId });

/** Where videos go: for who sits at this machine, and for administrators' devices. */
export function targetRoutes({ publishing }: StudioParts) {
  return new Hono<StudioEnv>()
    .use(async (c, next) => {
      requireAdministrator(c, 'Where videos go can be changed');
      await next();
    })
    .get('/', async (c) => c.json(await publishing.lookAtSwitch(c.req.raw.signal)))
    .post('/', smallBody(), zValidator('json', switchSchema, mistakes), async (c) => {
      const wish = c.req.valid('json');
      await publishing.switchTo(wish.to, 'channelId' in wish ? wish.channelId : undefined, c.req.raw.signal);
      return c.json({ target: wish.to });
    });
}

/** What was rehearsed and is not on the real YouTube. Everybody sees it; who may change settings publishes it. */
export function rehearsedRoutes({ publishing }: StudioParts) {
  const allowed = (c: Context<StudioEnv>) => requireAdministrator(c, 'Rehearsed videos can be published for real');
  const chosen = (ids: readonly string[] | undefined) => {
    if (ids) return [...new Set(ids)];
    const all = publishing.rehearsed().flatMap(({ videoId, problem }) => (problem === undefined ? [videoId] : []));
    if (all.length === 0) throw new RequestError(409, 'There is no rehearsed video that could be published.');
    return all.slice(0, mostPublishedAtOnce);
  };
  return new Hono<StudioEnv>()
    .get('/', (c) => c.json({ videos: publishing.rehearsed(), mayPublish: isAdministrator(c) }))
    .post('/quote', smallBody(), zValidator('json', quoteSchema, mistakes), async (c) => {
      allowed(c);
      return c.json(await publishing.quote(chosen(c.req.valid('json').videoIds), c.req.raw.signal));
    })
    .post('/publish', smallBody(), zValidator('json', publishSchema, mistakes), async (c) => {
      allowed(c);
      const { videoIds: ids, channelId: told } = c.req.valid('json');
      return c.json({ videos: await publishing.publish(chosen(ids), told, c.req.raw.signal) });
    });
}
