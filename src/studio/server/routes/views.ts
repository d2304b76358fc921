import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { z } from 'zod';
import type { StudioEnv } from '../env.ts';
import { whereItsFilesAre } from '../machines/pass-on.ts';
import { checkMetadata } from '../metadata.ts';
import { mistakes } from '../mistakes.ts';
import { notFound } from '../problem.ts';
import { smallBody } from '../small-body.ts';
import type { StudioParts } from '../studio-parts.ts';
import { recordingRecord, workspaceIfAny } from '../unprepared.ts';
import { viewVideo } from '../view-video.ts';

const anyObject = zValidator('json', z.record(z.string(), z.unknown()), mistakes);

/** What a person sees of one video before anything is changed. */
export function viewRoutes(parts: StudioParts) {
  return new Hono<StudioEnv>()
    .get('/:id', async (c) => c.json(await viewVideo(parts, c.req.param('id'))))
    .post('/:id/metadata', smallBody(), anyObject, whereItsFilesAre(parts), async (c) => {
      const { video } = c.var;
      const workspace = await workspaceIfAny(parts, video);
      const record = await recordingRecord(parts, video, workspace);
      if (!record) throw notFound('The recording has not been prepared yet, and cannot be read.');
      const id = workspace?.videoId ?? video.videoId;
      return c.json(checkMetadata(record, id, c.req.valid('json'), parts.metadata()));
    });
}
