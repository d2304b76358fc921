import { existsSync } from 'node:fs';
import { zValidator } from '@hono/zod-validator';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { sendFile } from '../../../http/send-file.ts';
import { rankingRecord } from '../../../stages/records.ts';
import type { VideoSummary } from '../../../temporal/client/videos.ts';
import type { ReadOnlyWorkspace } from '../../../workspace/workspace.ts';
import type { StudioEnv } from '../env.ts';
import { candidateFile, workspaceOf } from '../known-video.ts';
import { within } from '../limits.ts';
import { whereItsFilesAre } from '../machines/pass-on.ts';
import { mistakes } from '../mistakes.ts';
import { presentThumbnail } from '../present-thumbnail.ts';
import { notFound } from '../problem.ts';
import { pictureWidths } from '../scaled-pictures.ts';
import type { StudioParts } from '../studio-parts.ts';
import { recordingRecord, shownFile, workspaceIfAny } from '../unprepared.ts';

const size = z.object({
  width: z.coerce
    .number()
    .pipe(z.union(pictureWidths.map((width) => z.literal(width))))
    .default(640),
});

/** Share of a recording: at its beginning people still pick up their rackets. */
const whereAMatchIsOn = 0.4;
/** A frame of a recording never changes, so browsers need not ask again. */
const forGood = { 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=31536000, immutable' };
const askAgain = { 'content-type': 'image/jpeg', 'cache-control': 'private, no-cache' };

/** Pictures and files of known videos. */
export function pictureRoutes(parts: StudioParts) {
  const { scaled } = parts;
  const some = within(parts.shares.pictures, 'pictures');
  const files = within(parts.shares.files, 'files');
  const where = whereItsFilesAre(parts);
  return new Hono<StudioEnv>()
    .get('/:id/candidates/:frame', some, zValidator('query', size, mistakes), where, async (c) => {
      const workspace = await workspaceOf(parts, c.var.video);
      const file = candidateFile(workspace, c.req.param('frame'));
      return c.body(new Uint8Array(await scaled.get(file, c.req.valid('query').width)), 200, forGood);
    })
    .get('/:id/picture', some, zValidator('query', size, mistakes), where, async (c) => {
      const { video } = c.var;
      const { width } = c.req.valid('query');
      const workspace = await workspaceIfAny(parts, video);
      const file = workspace && pictureFile(workspace, parts, video);
      const picture = file
        ? await scaled.get(file, width)
        : await someFrame(parts, video, workspace, width, c.req.raw.signal);
      return c.body(new Uint8Array(picture), 200, askAgain);
    })
    .get('/:id/thumbnail', files, where, async (c) => {
      const workspace = await workspaceOf(parts, c.var.video);
      const thumbnail = presentThumbnail(workspace, parts, c.var.video);
      if (!thumbnail) throw notFound('The thumbnail has not been drawn yet.');
      return send(c, thumbnail.file, 'image/jpeg');
    })
    .get('/:id/recording', files, where, async (c) => {
      const file = await shownFile(parts, c.var.video);
      return send(c, file, /\.mp4$/i.test(file) ? 'video/mp4' : 'video/quicktime');
    });
}

/** The thumbnail, or the best frame. */
function pictureFile(workspace: ReadOnlyWorkspace, parts: StudioParts, video: VideoSummary): string | undefined {
  const thumbnail = presentThumbnail(workspace, parts, video);
  if (thumbnail) return thumbnail.file;
  const best = workspace.read(rankingRecord)?.candidates[0];
  return best && candidateFile(workspace, best.frame);
}

/** A frame of the recording while nothing better is there. @throws RequestError 404 */
async function someFrame(
  parts: StudioParts,
  video: VideoSummary,
  workspace: ReadOnlyWorkspace | undefined,
  width: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const record = await recordingRecord(parts, video, workspace);
  if (!record) {
    // Says why nothing of it is here.
    await workspaceOf(parts, video);
    throw notFound('There is no picture of it yet.');
  }
  const time = record.info.durationSeconds * whereAMatchIsOn;
  const frame = await parts.frames.frame(await shownFile(parts, video), { time, width, precision: 'key' }, { signal });
  return frame.jpeg;
}

/** @throws RequestError 404: the recording may have been moved away, or the workspace cleaned up */
function send(c: Pick<Context<StudioEnv>, 'env'>, file: string, contentType: string): Promise<Response> {
  if (!existsSync(file)) throw notFound('The file is no longer on this machine.');
  // The file bypasses Hono, and so the headers of the other answers.
  c.env.outgoing.setHeader('cross-origin-resource-policy', 'same-origin');
  return sendFile(c.env, file, contentType);
}
