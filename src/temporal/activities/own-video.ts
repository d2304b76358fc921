import { ApplicationFailure, type Context } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { videoIdPattern } from '../../domain/video-id.ts';
import type { WorkerParts } from '../worker-parts.ts';

/**
 * Ensures that only one workflow works on each video. Our own clients name a workflow after the content of its
 * recording, but a foreign client may not, and a file may be replaced while its video is in progress.
 * @param videoId of the content currently at `videoPath`
 */
export async function requireOwnVideo(
  { store }: WorkerParts,
  videoPath: string,
  videoId: string,
  { info, client }: Context,
): Promise<void> {
  const workflowId = info.workflowExecution?.workflowId ?? '';
  if (videoIdPattern.test(workflowId) && workflowId !== videoId) throw fileChanged(videoPath, workflowId);
  for (;;) {
    const owner = store.claims.owner(videoId);
    if (owner !== undefined && owner !== workflowId && (await isRunning(client, owner))) {
      throw refuse('ALREADY_PROCESSED_ELSEWHERE', `The workflow ${owner} is already working on this recording.`, {
        action: 'Cancel this workflow; the other one publishes the match.',
      });
    }
    if (store.claims.replace(videoId, owner, workflowId)) return;
  }
}

/**
 * A workflow's recording must be the one it prepared; a foreign client's workflow is recognized by its claim.
 * @param videoId of the content currently at `videoPath`
 */
export function requirePreparedVideo(
  { store: { claims } }: WorkerParts,
  videoPath: string,
  videoId: string,
  { info }: Context,
): void {
  const workflowId = info.workflowExecution?.workflowId ?? '';
  const isSame = videoIdPattern.test(workflowId)
    ? workflowId === videoId
    : claims.owner(videoId) === workflowId || !claims.hasAny(workflowId);
  if (!isSame) throw fileChanged(videoPath, workflowId);
}

/** A video that is being published is corrected, not revised. */
export async function requireEnded(
  { store }: Pick<WorkerParts, 'store'>,
  videoId: string,
  { client }: Pick<Context, 'client'>,
): Promise<void> {
  const owner = store.claims.owner(videoId);
  if (owner === undefined || !(await isRunning(client, owner))) return;
  throw refuse('ALREADY_PROCESSED_ELSEWHERE', `${owner} is not done with this video yet.`, {
    action: `Wait until it is published and its recording is put away: npx badminton status ${videoId}. Until then, correct it.`,
  });
}

async function isRunning(client: Context['client'], workflowId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

const fileChanged = (videoPath: string, workflowId: string) =>
  refuse('FILE_CHANGED', `${videoPath} is no longer the recording that ${workflowId} began with.`, {
    action: 'Put the first recording back and retry; start the other one under its own name.',
  });

function refuse(type: string, message: string, detail: { action: string }): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true, details: [detail] });
}
