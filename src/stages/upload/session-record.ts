import { z } from 'zod';
import type { RecordKind } from '../../workspace/record.ts';
import type { SessionStore, UploadSession } from '../../youtube/resumable/index.ts';
import type { UploadJob } from './job.ts';

const session = z.object({
  url: z.string(),
  size: z.number(),
  fileModifiedNs: z.string(),
  createdAt: z.string(),
  sent: z.enum(['nothing', 'some', 'all']),
  sha256: z.string().optional(),
});

/** The open upload session of a video. Its address is a secret: anyone who has it can write to the upload. */
export const sessionRecord = (target: string): RecordKind<UploadSession> => ({
  file: `upload-session-${target}.json`,
  schema: session,
  secret: true,
  upgrades: [],
});

/**
 * Keeps the session in the workspace, and in the journal the most that can have been sent; a superseded attempt can no
 * longer save either of them. The journal comes first: whatever the session record says, or even if it is lost, no more
 * than that has been sent.
 * @param confirm throws if the session is not to be kept
 */
export function sessionStore(job: UploadJob, confirm: () => void): SessionStore {
  const { workspace, videoId, attempt, options, context } = job;
  const { target } = options;
  const { uploads, fence } = context.store;
  const kind = sessionRecord(target);
  return {
    load: async () => workspace.read(kind),
    save: async (value) => {
      confirm();
      fence.guard(videoId, attempt, () => uploads.note(videoId, target, value.sent));
      workspace.write(kind, value);
    },
    clear: async () => workspace.remove(kind),
  };
}
