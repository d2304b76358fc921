import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { z } from 'zod';
import { parseCorrections } from '../../../domain/corrections.ts';
import { lookSchema } from '../../../domain/look.ts';
import { dayOf, matchOf } from '../../../stages/prepare/index.ts';
import { preparedRecord, rankingRecord } from '../../../stages/records.ts';
import { revisedDrawing } from '../../../stages/revise/draw.ts';
import { requirePublished } from '../../../stages/revise/job.ts';
import type { ReadOnlyWorkspace } from '../../../workspace/workspace.ts';
import type { StudioEnv } from '../env.ts';
import { candidateFile, recordingFile, workspaceOf } from '../known-video.ts';
import { within } from '../limits.ts';
import { whereItsFilesAre } from '../machines/pass-on.ts';
import { mistakes } from '../mistakes.ts';
import { notFound, RequestError } from '../problem.ts';
import type { StudioParts } from '../studio-parts.ts';

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

const wishes = z.object({
  frame: z.string().optional(),
  at: z.coerce.number().min(0).optional(),
  look: json.pipe(lookSchema).default({}),
  corrections: json.default({}),
  /** Of a published video: as a revision would draw it, so that what is not asked for is as it was published. */
  published: z.literal('true').optional(),
});

/** Pixels; the smallest size that a thumbnail gets with `auto`. */
const previewSize = { width: 1280, height: 720 };

/** The thumbnail as it would be drawn, made by the renderer of the enhance stage. */
export function previewRoutes(parts: StudioParts) {
  async function photoOf(workspace: ReadOnlyWorkspace, { frame, at }: z.output<typeof wishes>, signal: AbortSignal) {
    if (frame !== undefined) return candidateFile(workspace, frame);
    if (at !== undefined)
      return parts.moments.file(workspace.videoId, await recordingFile(parts, workspace), at, signal);
    throw new RequestError(400, 'Say which picture: frame or at.');
  }

  function drawingFor(workspace: ReadOnlyWorkspace, { look, corrections, published }: z.output<typeof wishes>) {
    const usual = parts.enhance();
    if (published) return revisedDrawing(workspace, requirePublished(workspace, parts.target()), look, usual);
    const { template, theme, crop } = look;
    const wished = { ...(template && { template }), ...(theme && { theme }), ...(crop && { crop }) };
    return { ...usual, ...wished, corrections: parseCorrections(corrections) };
  }

  return new Hono<StudioEnv>().get(
    '/:id/preview',
    within(parts.shares.pictures, 'previews'),
    zValidator('query', wishes, mistakes),
    whereItsFilesAre(parts),
    async (c) => {
      const wish = c.req.valid('query');
      const { signal } = c.req.raw;
      const workspace = await workspaceOf(parts, c.var.video);
      const prepared = workspace.read(preparedRecord);
      if (!prepared) throw notFound('The recording has not been prepared yet.');
      const { players } = workspace.read(rankingRecord)?.candidates.find(({ frame }) => frame === wish.frame) ?? {};
      const { corrections, ...drawing } = drawingFor(workspace, wish);
      const drawn = await parts.renderer.render(
        {
          ...drawing,
          photo: await photoOf(workspace, wish, signal),
          players,
          match: matchOf(prepared, corrections),
          date: dayOf(prepared, corrections),
          size: previewSize,
        },
        { signal },
      );
      return c.body(new Uint8Array(drawn.jpeg), 200, {
        'content-type': 'image/jpeg',
        'cache-control': 'private, no-store',
        'x-template': drawn.template,
        'x-theme': drawn.theme,
        'x-crop': JSON.stringify(drawn.crop),
        'x-warnings': encodeURIComponent(JSON.stringify(drawn.warnings)),
      });
    },
  );
}
