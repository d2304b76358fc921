import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { parseCorrections } from '../../../domain/corrections.ts';
import {
  cancelVideo,
  correctMatch,
  queryStatus,
  retryStage,
  selectThumbnail,
  undoSelection,
} from '../../../temporal/client/control.ts';
import { listVideos } from '../../../temporal/client/videos.ts';
import type { SelectThumbnail } from '../../../temporal/names.ts';
import type { StudioEnv } from '../env.ts';
import { videoOf } from '../known-video.ts';
import { largestBody } from '../limits.ts';
import { checkMetadata } from '../metadata.ts';
import { mistakes } from '../mistakes.ts';
import { notFound, RequestError } from '../problem.ts';
import { startAgain } from '../start-again.ts';
import type { StudioParts } from '../studio-parts.ts';
import { recordingRecord, workspaceIfAny } from '../unprepared.ts';
import { viewVideo } from '../video-view.ts';

const anyObject = zValidator('json', z.record(z.string(), z.unknown()), mistakes);
const retryOrder = zValidator(
  'json',
  z.strictObject({ sendAgain: z.boolean().optional(), host: z.string().optional() }),
  mistakes,
);
const nothing = zValidator('json', z.strictObject({}), mistakes);

/** Shows videos and passes changes on to them. The workflow accepts or refuses every change. */
export function videoRoutes(parts: StudioParts) {
  const { client } = parts;
  return new Hono<StudioEnv>()
    .use(
      '*',
      bodyLimit({
        maxSize: largestBody,
        onError: () => {
          throw new RequestError(413, `A request may bring ${largestBody / 1024} KiB at most.`);
        },
      }),
    )
    .get('/', async (c) => c.json({ videos: await listVideos(client) }))
    .get('/:id', async (c) => c.json(await viewVideo(parts, c.req.param('id'))))
    .get('/:id/status', async (c) => {
      const { videoId } = await videoOf(parts, c.req.param('id'));
      return c.json(await queryStatus(client, videoId));
    })
    .post('/:id/metadata', anyObject, async (c) => {
      const video = await videoOf(parts, c.req.param('id'));
      const workspace = await workspaceIfAny(parts, video);
      const record = await recordingRecord(parts, video, workspace);
      if (!record) throw notFound('The recording has not been prepared yet, and cannot be read.');
      const id = workspace?.videoId ?? video.videoId;
      return c.json(checkMetadata(record, id, c.req.valid('json'), parts.metadata()));
    })
    .post('/:id/select', anyObject, async (c) => {
      const { videoId } = await videoOf(parts, c.req.param('id'));
      // The workflow decides what a valid selection is: it checks whatever arrives, and its messages are written for
      // people.
      return c.json(await selectThumbnail(client, videoId, c.req.valid('json') as unknown as SelectThumbnail));
    })
    .post('/:id/undo', nothing, async (c) => {
      const { videoId } = await videoOf(parts, c.req.param('id'));
      return c.json(await undoSelection(client, videoId));
    })
    .post('/:id/correct', anyObject, async (c) => {
      const { videoId } = await videoOf(parts, c.req.param('id'));
      return c.json(await correctMatch(client, videoId, parseCorrections(c.req.valid('json'))));
    })
    .post('/:id/retry', retryOrder, async (c) => {
      const { videoId } = await videoOf(parts, c.req.param('id'));
      const { sendAgain = false, host } = c.req.valid('json');
      return c.json(await retryStage(client, videoId, { sendAgain, host }));
    })
    .post('/:id/start', nothing, async (c) => {
      const { kind, videoId } = await startAgain(parts, await videoOf(parts, c.req.param('id')));
      return c.json({ kind, videoId });
    })
    .post('/:id/cancel', nothing, async (c) => {
      const { videoId, recording, privateUrl } = await videoOf(parts, c.req.param('id'));
      await cancelVideo(client, videoId);
      return c.json({ videoId, recording, ...(privateUrl && { privateUrl }) });
    });
}
