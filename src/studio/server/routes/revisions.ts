import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { z } from 'zod';
import { revisionSchema } from '../../../domain/revision.ts';
import {
  latestRevision,
  lookAtPublished,
  retryRevision,
  runningRevision,
  startRevision,
} from '../../../temporal/client/revise.ts';
import { publishedOn } from '../../../temporal/client/video-summary.ts';
import type { VideoSummary } from '../../../temporal/client/videos.ts';
import type { StudioEnv } from '../env.ts';
import { contentOf, videoOf } from '../known-video.ts';
import { mistakes } from '../mistakes.ts';
import { notFound } from '../problem.ts';
import type { StudioParts } from '../studio-parts.ts';

const bodySchema = z.strictObject({
  revision: revisionSchema.optional(),
  putBack: z.boolean().optional(),
  force: z.boolean().optional(),
});
const order = zValidator('json', bodySchema, mistakes);
const nothing = zValidator('json', z.strictObject({}), mistakes);

/** Changes published videos. What the channel shows is looked at only when somebody asks: it costs quota. */
export function revisionRoutes(parts: StudioParts) {
  const { client, revisions } = parts;
  const known = async (id: string) => {
    const video = await videoOf(parts, id);
    const videoId = await publishedId(parts, video);
    const { hostId = parts.host.id } = video;
    // Another machine knows where its videos go.
    const target = publishedOn(video) ?? (hostId === parts.host.id ? parts.target() : undefined);
    return { videoId, hostId, ...(target && { target }), settings: revisions.settings() };
  };
  return new Hono<StudioEnv>()
    .get('/:id/revision', async (c) => {
      const { videoId } = await known(c.req.param('id'));
      return c.json(await latestRevision(client, videoId));
    })
    .post('/:id/revision/look', order, async (c) => {
      const input = { ...(await known(c.req.param('id'))), ...wishesOf(c.req.valid('json')) };
      return c.json(await lookAtPublished(client, revisions.taskQueue, input));
    })
    .post('/:id/revision', order, async (c) => {
      const input = { ...(await known(c.req.param('id'))), ...wishesOf(c.req.valid('json')) };
      await startRevision(client, revisions.taskQueue, input);
      return c.json(await latestRevision(client, input.videoId));
    })
    .post('/:id/revision/retry', nothing, async (c) => {
      const { videoId } = await known(c.req.param('id'));
      await retryRevision(await runningRevision(client, videoId));
      return c.json(await latestRevision(client, videoId));
    })
    .post('/:id/revision/stop', nothing, async (c) => {
      const { videoId } = await known(c.req.param('id'));
      await (await runningRevision(client, videoId)).cancel();
      return c.json(await latestRevision(client, videoId));
    });
}

const wishesOf = ({ revision, putBack, force }: z.infer<typeof bodySchema>) => ({
  ...(revision && { revision }),
  ...(putBack !== undefined && { putBack }),
  ...(force !== undefined && { force }),
});

async function publishedId(parts: StudioParts, video: VideoSummary): Promise<string> {
  const id = await contentOf(parts, video);
  if (id === undefined) throw notFound('It is not known which recording this video is of.');
  return id;
}
