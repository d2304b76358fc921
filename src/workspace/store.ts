import path from 'node:path';
import { StageError } from '../domain/errors.ts';
import { videoIdOf } from '../domain/video-id.ts';
import { type Causes, openCauses } from './causes.ts';
import { type Claims, openClaims } from './claims.ts';
import { createdAt, openDatabase } from './database.ts';
import { exclusively } from './exclusively.ts';
import { type Attempt, type Fence, openFence } from './fence.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { removeLeftovers } from './leftovers.ts';
import { openPickUps, type PickUps } from './pick-ups.ts';
import { openPlaylists, type Playlists } from './playlists.ts';
import { openQuotaLedger, type QuotaLedger } from './quota-ledger.ts';
import { openRecordingIndex, type RecordingIndex } from './recording-index.ts';
import { openToldNotices, type ToldNotices } from './told.ts';
import { openUploadJournal, type UploadJournal } from './upload-journal.ts';
import { openReadOnly, openWorkspace, type RecordingWorkspace, type Workspace } from './workspace.ts';

/** Everything kept on this machine: workspaces, what was published and what is in progress, quota, fences. */
export interface Store {
  readonly ledger: Ledger;
  readonly recordings: RecordingIndex;
  readonly fence: Fence;
  readonly claims: Claims;
  readonly quota: QuotaLedger;
  readonly uploads: UploadJournal;
  readonly playlists: Playlists;
  readonly told: ToldNotices;
  readonly causes: Causes;
  readonly pickUps: PickUps;
  readonly workspaceRoot: string;
  /** When the data folder was created, milliseconds since 1970; it knows nothing of earlier times. */
  readonly createdAt: number;
  /** Runs `work` while no other work of this name runs on this data folder. */
  exclusively<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /**
   * Takes the video of the recording at `file` for this attempt, and opens its workspace.
   * @param admit throws if the attempt may not have the video; then nothing is taken
   */
  open(file: string, attempt: Attempt, admit?: (videoId: string) => Promise<void>): Promise<RecordingWorkspace>;
  /**
   * The same for a video whose recording may be anywhere.
   * @throws StageError STAGE_ORDER if nothing of it is on this machine
   */
  openVideo(videoId: string, attempt: Attempt, admit?: (videoId: string) => Promise<void>): Promise<Workspace>;
  close(): void;
}

/** @param clock milliseconds since 1970 */
export function openStore(dataFolder: string, clock: () => number = Date.now): Store {
  const database = openDatabase(dataFolder);
  const fence = openFence(database);
  const recordings = openRecordingIndex(database);
  const workspaceRoot = path.join(dataFolder, 'workspaces');
  const take = (videoId: string, attempt: Attempt): Workspace => {
    fence.take(videoId, attempt);
    const workspace = openWorkspace(workspaceRoot, videoId, (write) => fence.guard(videoId, attempt, write));
    fence.guard(videoId, attempt, () => removeLeftovers(workspace.folder, attempt.lane));
    return workspace;
  };
  return {
    ledger: openLedger(database),
    recordings,
    fence,
    claims: openClaims(database),
    quota: openQuotaLedger(database, clock),
    uploads: openUploadJournal(database),
    playlists: openPlaylists(database),
    told: openToldNotices(database, clock),
    causes: openCauses(database, clock),
    pickUps: openPickUps(database),
    workspaceRoot,
    get createdAt() {
      return createdAt(database, clock());
    },
    exclusively: (name, signal, work) => exclusively(path.join(dataFolder, 'locks', `${name}.lock`), signal, work),
    async open(file, attempt, admit) {
      const fingerprint = await recordings.fingerprint(file);
      const videoId = videoIdOf(fingerprint);
      await admit?.(videoId);
      return { ...take(videoId, attempt), fingerprint };
    },
    async openVideo(videoId, attempt, admit) {
      if (!openReadOnly(workspaceRoot, videoId)) throw nothingHere(videoId);
      await admit?.(videoId);
      return take(videoId, attempt);
    },
    close: () => database.close(),
  };
}

function nothingHere(videoId: string): StageError {
  return new StageError('STAGE_ORDER', `Nothing of ${videoId} is in the data folder of this machine.`, {
    remedy: 'fix',
    action:
      'See which machine has it: npx badminton status ID. If its data folder is lost, change the video in YouTube Studio.',
  });
}
