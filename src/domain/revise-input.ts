import { z } from 'zod';
import { nameSchema, problemsOf, withoutNulls } from './bounds.ts';
import { publishTargets } from './publish-target.ts';
import { revisionSchema } from './revision.ts';
import { videoIdPattern } from './video-id.ts';

const settings = z.object({
  heartbeatTimeoutSeconds: z.number().min(1).max(3600).default(30),
  retryIntervalSeconds: z.number().min(0).max(3600).default(5),
  retryAttempts: z.number().int().min(1).max(100).default(5),
});

const input = withoutNulls(
  z.object({
    videoId: z.string('videoId must be text').regex(videoIdPattern, 'videoId is not the id of a video'),
    hostId: nameSchema('hostId'),
    revision: revisionSchema.default({}),
    putBack: z.boolean('putBack must be true or false').default(false),
    force: z.boolean('force must be true or false').default(false),
    look: z.boolean('look must be true or false').default(false),
    target: z.enum(publishTargets, `target must be one of ${publishTargets.join(', ')}`).optional(),
    settings: settings.default(settings.parse({})),
  }),
);

export type ReviseInput = z.infer<typeof input>;

/** The input of a revision, from whatever a client sent; a sentence if it is none. */
export function readReviseInput(value: unknown): ReviseInput | string {
  const read = input.safeParse(value);
  return read.success ? read.data : `The input is not a revision: ${problemsOf(read.error)}.`;
}
