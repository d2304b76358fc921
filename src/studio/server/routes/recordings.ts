import { Readable } from 'node:stream';
import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { videoPriorities } from '../../../domain/video-priority.ts';
import type { StudioEnv } from '../env.ts';
import { firstFrame } from '../first-frame.ts';
import { largestBody, within } from '../limits.ts';
import { mistakes } from '../mistakes.ts';
import { putAside, renameRecording } from '../move-recording.ts';
import { RequestError } from '../problem.ts';
import { inputFile, inputRecordings, startRecordings } from '../recordings.ts';
import type { StudioParts } from '../studio-parts.ts';
import { receiveRecording } from '../uploads/receive-recording.ts';

const names = z.strictObject({
  names: z.array(z.string().min(1).max(255)).min(1).max(200),
  /** By name, as for a video's `correct`. */
  corrections: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  priority: z.enum(videoPriorities).optional(),
});

const newName = z.strictObject({ to: z.string().min(1).max(255) });
const nothing = z.strictObject({});

/** The input folder: listing its recordings, receiving dropped ones, starting them, and moving them. */
export function recordingRoutes(parts: StudioParts) {
  return new Hono<StudioEnv>()
    .get('/', async (c) => c.json({ folder: parts.inputFolder, recordings: await inputRecordings(parts) }))
    .post('/start', bodyLimit({ maxSize: largestBody }), zValidator('json', names, mistakes), async (c) => {
      const { names, ...options } = c.req.valid('json');
      return c.json({ outcomes: await startRecordings(parts, names, options) });
    })
    .get('/:name/picture', within(parts.shares.pictures, 'frames'), async (c) =>
      firstFrame(c, parts.frames, await inputFile(parts, c.req.param('name'))),
    )
    .post('/:name/rename', bodyLimit({ maxSize: largestBody }), zValidator('json', newName, mistakes), async (c) => {
      await renameRecording(parts, c.req.param('name'), c.req.valid('json').to);
      return c.json({});
    })
    .post('/:name/put-aside', bodyLimit({ maxSize: largestBody }), zValidator('json', nothing, mistakes), async (c) =>
      c.json({ file: await putAside(parts, c.req.param('name')) }),
    )
    .put('/:name', within(parts.shares.uploads, 'recordings'), async (c) => {
      const bytes = Number(c.req.header('content-length') ?? Number.NaN);
      if (!Number.isSafeInteger(bytes)) throw new RequestError(411, 'The size of the file must be given first.');
      const { incoming } = c.env;
      const name = c.req.param('name');
      await receiveRecording(parts, { name, bytes, body: Readable.from(incoming), signal: c.req.raw.signal });
      const [outcome] = await startRecordings(parts, [name]);
      return c.json({ outcome }, 201);
    });
}
