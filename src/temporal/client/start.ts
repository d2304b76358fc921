import path from 'node:path';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type VideoId, videoIdOf } from '../../domain/video-id.ts';
import type { Publication, PublishTarget } from '../../workspace/ledger.ts';
import type { Store } from '../../workspace/store.ts';
import { type ProcessVideoInput, type VideoMemo, workflowType } from '../names.ts';

export type StartOutcome =
  | { readonly kind: 'started' | 'joined'; readonly videoId: VideoId; readonly videoPath: string }
  | {
      readonly kind: 'published';
      readonly videoId: VideoId;
      readonly videoPath: string;
      readonly publication: Publication;
    };

export interface StartOptions {
  readonly taskQueue: string;
  readonly target: PublishTarget;
  readonly input: Omit<ProcessVideoInput, 'videoPath'>;
  /** Called once the content is known and before anything is started; what it throws keeps it from starting. */
  readonly confirm?: () => Promise<void>;
}

/**
 * Starts the workflow of a recording, or finds that its content is being processed or was published already, whatever
 * the file is called.
 * @throws StageError FILE_MISSING, NOT_A_VIDEO (a folder), FILE_CHANGED (something writes to it)
 */
export async function startVideo(
  client: Client,
  store: Pick<Store, 'recordings' | 'ledger'>,
  file: string,
  { taskQueue, target, input, confirm }: StartOptions,
): Promise<StartOutcome> {
  const videoPath = path.resolve(file);
  const recording = path.basename(videoPath);
  const fingerprint = await store.recordings.fingerprint(videoPath);
  const videoId = videoIdOf(fingerprint);
  const publication = store.ledger.find(fingerprint, target);
  if (publication) return { kind: 'published', videoId, videoPath, publication };
  await confirm?.();
  const memo: VideoMemo = { videoPath, recording };
  try {
    await client.workflow.start(workflowType, {
      workflowId: videoId,
      taskQueue,
      args: [{ ...input, videoPath } satisfies ProcessVideoInput],
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: recording,
      memo: { video: memo },
    });
    return { kind: 'started', videoId, videoPath };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'joined', videoId, videoPath };
    throw error;
  }
}
