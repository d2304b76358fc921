import { StageError } from '../../domain/errors.ts';
import type { PublishTarget } from '../../workspace/ledger.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { EditableVideo } from '../../youtube/editable-video.ts';
import type { YouTube } from '../../youtube/youtube.ts';
import { requireRecord, type StageContext } from '../context.ts';
import {
  type PreparedRecord,
  type PublicationRecord,
  preparedRecord,
  publicationRecord,
  type RevisionRecord,
  revisionsRecord,
} from '../records.ts';
import type { UploadOptions } from '../upload/options.ts';

export type ReviseOptions = Pick<UploadOptions, 'target' | 'quota' | 'retryPauseSeconds'> & {
  readonly timeZone: string;
};

/** One published video that is looked at or revised. */
export interface RevisionJob {
  readonly videoId: string;
  readonly options: ReviseOptions;
  readonly context: StageContext;
  readonly workspace: Workspace;
  readonly prepared: PreparedRecord;
  readonly publication: PublicationRecord;
  /** Oldest first. */
  readonly revisions: readonly RevisionRecord[];
  /** Every call is counted, and refused with SUPERSEDED when a newer attempt holds the video. */
  readonly youtube: YouTube;
  /** @throws StageError SUPERSEDED */
  requireOurs(): void;
  /** Records what the channel shows now. */
  advance(step: Partial<PublicationRecord>): void;
  /** Lists what the channel shows, whoever has changed it. */
  noteShown(shown: Pick<EditableVideo, 'title'>): void;
  save(revision: RevisionRecord): void;
}

/** @throws StageError STAGE_ORDER if it is not published, or its records are gone */
export async function openRevision(
  videoId: string,
  options: ReviseOptions,
  youtube: YouTube,
  context: StageContext,
): Promise<RevisionJob> {
  const { store } = context;
  const { target } = options;
  const attempt = { ...context.attempt, lane: 'channel' } as const;
  const workspace = await store.openVideo(videoId, attempt);
  const prepared = requireRecord(workspace, preparedRecord, 'prepare');
  let publication = requirePublished(workspace, target);
  let revisions = workspace.read(revisionsRecord(target))?.revisions ?? [];
  const requireOurs = () => store.fence.refresh(videoId, attempt);
  return {
    videoId,
    options,
    context,
    workspace,
    prepared,
    get publication() {
      return publication;
    },
    get revisions() {
      return revisions;
    },
    youtube: youtube.accountedTo((cost) => {
      requireOurs();
      context.alive?.();
      store.quota.spend(target, cost, videoId);
    }),
    requireOurs,
    advance(step) {
      publication = { ...publication, ...step };
      workspace.write(publicationRecord(target), publication);
      if (step.title !== undefined) store.ledger.retitle(prepared.fingerprint, target, step.title);
    },
    noteShown({ title }) {
      store.ledger.retitle(prepared.fingerprint, target, title);
    },
    save(revision) {
      revisions = [...revisions.filter(({ id }) => id !== revision.id), revision];
      workspace.write(revisionsRecord(target), { revisions: [...revisions] });
    },
  };
}

/** @throws StageError STAGE_ORDER */
export function requirePublished(
  workspace: Pick<Workspace, 'videoId' | 'read'>,
  target: PublishTarget,
): PublicationRecord {
  const publication = workspace.read(publicationRecord(target));
  if (publication?.confirmed) return publication;
  throw new StageError('STAGE_ORDER', `${workspace.videoId} is not published, as far as this machine knows.`, {
    remedy: 'fix',
    action: `Until it is published, correct it: npx badminton correct ${workspace.videoId}`,
  });
}
