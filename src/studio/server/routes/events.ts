import { randomUUID } from 'node:crypto';
import { zValidator } from '@hono/zod-validator';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Subscription, VideoWatch } from '../../../temporal/client/watch/index.ts';
import { isRehearsal } from '../../../workspace/ledger.ts';
import type { LiveEventName, LiveEvents } from '../../live-events.ts';
import type { StudioEnv } from '../env.ts';
import { addressOf, deviceOf, isThisMachine } from '../guard/this-machine.ts';
import { createShares, largestBody, mostStreams } from '../limits.ts';
import { mistakes } from '../mistakes.ts';
import { notFound, RequestError } from '../problem.ts';
import type { StudioParts } from '../studio-parts.ts';
import { type Tell, tellPage } from '../tell-page.ts';

const screen = z.strictObject({ videoIds: z.array(z.string().max(200)).max(200) });
export interface EventRouteParts {
  readonly videos: VideoWatch;
  readonly target: StudioParts['target'];
  /** Of the page. */
  readonly version: () => Promise<string>;
  /** The server is closing. */
  readonly ending: AbortSignal;
  /** Milliseconds between two signs of life. */
  readonly aliveEvery: number;
}

const tooMany = 'Too many pages of the studio are open. Close some.';
const full = {
  event: 'full' satisfies LiveEventName,
  data: JSON.stringify({ problem: `${tooMany} This one then continues.` } satisfies LiveEvents['full']),
  retry: 3000,
};
/** A page cannot read the words of a refusal: EventSource keeps them to itself. */
const isEventSource = (c: Context) => (c.req.header('accept') ?? '').includes('text/event-stream');

/** The live stream of a page (server-sent events; see LiveEvents), and what the page reports about its screen. */
export function eventRoutes({ videos, target, version, ending, aliveEvery }: EventRouteParts) {
  const streams = new Map<string, Subscription>();
  const places = createShares(mostStreams);
  return new Hono<StudioEnv>()
    .get('/', async (c) => {
      const own = await version();
      const leave = places.take(isThisMachine(c) ? undefined : deviceOf(addressOf(c)));
      if (!leave && isEventSource(c)) return streamSSE(c, (sse) => sse.writeSSE(full));
      if (!leave) throw new RequestError(429, tooMany);
      const stream = randomUUID();
      return streamSSE(c, async (sse) => {
        const ended = Promise.withResolvers<void>();
        sse.onAbort(() => ended.resolve());
        const end = () => ended.resolve();
        ending.addEventListener('abort', end, { once: true });
        const tell: Tell = (event, data) => void sse.writeSSE({ event, data: JSON.stringify(data) });
        tell('hello', { stream, version: own, aliveEvery });
        const subscription = tellPage(videos, tell);
        streams.set(stream, subscription);
        const alive = setInterval(() => tell('alive', { isRehearsal: isRehearsal(target()) }), aliveEvery);
        await ended.promise;
        clearInterval(alive);
        // Otherwise every page that was ever open would stay in memory.
        ending.removeEventListener('abort', end);
        leave();
        subscription.end();
        streams.delete(stream);
      });
    })
    .put('/:stream/screen', bodyLimit({ maxSize: largestBody }), zValidator('json', screen, mistakes), (c) => {
      const subscription = streams.get(c.req.param('stream'));
      if (!subscription) throw notFound('That stream has ended.');
      subscription.look(c.req.valid('json').videoIds);
      return c.json({});
    });
}
