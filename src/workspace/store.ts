import path from 'node:path';
import { videoIdOf } from '../domain/video-id.ts';
import { type Claims, openClaims } from './claims.ts';
import { openDatabase } from './database.ts';
import { type Attempt, type Fence, openFence } from './fence.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { openRecordingIndex, type RecordingIndex } from './recording-index.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** Everything kept on this machine: workspaces, the ledger, which attempt holds which video. */
export interface Store {
  readonly ledger: Ledger;
  readonly recordings: RecordingIndex;
  readonly fence: Fence;
  readonly claims: Claims;
  readonly workspaceRoot: string;
  /** Takes the video of the recording at `file` for this attempt and opens its workspace. */
  open(file: string, attempt: Attempt): Promise<Workspace>;
  close(): void;
}

export function openStore(dataFolder: string): Store {
  const database = openDatabase(dataFolder);
  const fence = openFence(database);
  const recordings = openRecordingIndex(database);
  const workspaceRoot = path.join(dataFolder, 'workspaces');
  return {
    ledger: openLedger(database),
    recordings,
    fence,
    claims: openClaims(database),
    workspaceRoot,
    async open(file, attempt) {
      const videoId = videoIdOf(await recordings.fingerprint(file));
      fence.take(videoId, attempt);
      return openWorkspace(workspaceRoot, videoId, (write) => fence.guard(videoId, attempt, write));
    },
    close: () => database.close(),
  };
}
