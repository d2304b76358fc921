import { z } from 'zod';
import type { RecordKind, Workspace } from '../../workspace/workspace.ts';
import type { Session, SessionStore } from '../../youtube/resumable/session.ts';

const session = z.object({
  url: z.string(),
  size: z.number(),
  fileModifiedNs: z.string(),
  createdAt: z.string(),
  sent: z.enum(['nothing', 'some', 'all']),
});

/** The open upload session of a video. Its address is a secret: who has it can write to the upload. */
export const sessionRecord = (target: string): RecordKind<Session> => ({
  file: `upload-session-${target}.json`,
  schema: session,
  secret: true,
});

/** Keeps the session in the workspace; a superseded attempt can no longer save one. */
export function workspaceSessionStore(workspace: Workspace, target: string): SessionStore {
  const kind = sessionRecord(target);
  return {
    load: async () => workspace.read(kind),
    save: async (value) => workspace.write(kind, value),
    clear: async () => workspace.remove(kind),
  };
}
