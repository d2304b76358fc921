import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { StudioEnv } from '../env.ts';
import { firstFrame } from '../first-frame.ts';
import { largestBody, largestPiece, within } from '../limits.ts';
import { mistakes } from '../mistakes.ts';
import { RequestError } from '../problem.ts';
import { readFirst, startRecordings } from '../recordings.ts';
import type { StudioParts } from '../studio-parts.ts';
import { openUploads } from '../uploads/uploads.ts';

/** The last millisecond that a date can hold. */
const latest = 8.64e15;
const wish = z.strictObject({
  name: z.string().min(1).max(255),
  bytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  lastModified: z.number().min(0).max(latest).optional(),
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'),
});
const ending = z.strictObject({
  /** As for a video's `correct`. */
  corrections: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Recordings sent in pieces: begin one, send pieces at the offset that is due, finish. After anything went wrong, ask
 * for the offset and continue.
 */
export function uploadRoutes(parts: StudioParts) {
  const uploads = openUploads(parts);
  const small = bodyLimit({ maxSize: largestBody });
  return new Hono<StudioEnv>()
    .get('/', async (c) => c.json({ uploads: await uploads.list() }))
    .post('/', small, zValidator('json', wish, mistakes), async (c) => c.json(await uploads.begin(c.req.valid('json'))))
    .get('/:id', async (c) => c.json(await uploads.find(c.req.param('id'))))
    .patch('/:id', within(parts.shares.uploads, 'recordings'), async (c) => {
      const length = wholeNumber(c.req.header('content-length'), 411, 'The size of the piece must be given first.');
      const offset = wholeNumber(c.req.header('upload-offset'), 400, 'Upload-Offset must say where the piece begins.');
      if (length > largestPiece)
        throw new RequestError(413, `A piece may have ${largestPiece / 1024 ** 2} MiB at most.`);
      return c.json(await uploads.receive(c.req.param('id'), { offset, length, body: c.env.incoming }));
    })
    .get('/:id/picture', within(parts.shares.pictures, 'frames'), async (c) =>
      firstFrame(c, parts.frames, await uploads.fileOf(c.req.param('id'))),
    )
    .post('/:id/finish', small, zValidator('json', ending, mistakes), async (c) => {
      const { corrections } = c.req.valid('json');
      const upload = await uploads.find(c.req.param('id'));
      // Before the recording appears: what is wrong can then still be put right.
      if (corrections) readFirst(upload.name, corrections);
      const { name } = await uploads.finish(upload.id);
      const [outcome] = await startRecordings(parts, [name], {
        ...(corrections && { corrections: { [name]: corrections } }),
      });
      return c.json({ outcome });
    })
    .delete('/:id', async (c) => {
      await uploads.remove(c.req.param('id'));
      return c.json({});
    });
}

function wholeNumber(text: string | undefined, status: 400 | 411, problem: string): number {
  if (text === undefined || !/^\d{1,16}$/.test(text)) throw new RequestError(status, problem);
  return Number(text);
}
