import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Corrections } from '../../domain/corrections.ts';
import {
  correctMatchUpdateName,
  type RetryOrder,
  retryStageUpdateName,
  type SelectThumbnail,
  selectThumbnailUpdateName,
  statusQueryName,
  undoSelectionUpdateName,
  type VideoStatus,
} from '../names.ts';
import { explainRefusal, isWithoutWorker, noWorker, RefusedError } from './errors.ts';

/** How long a worker may take to answer before we say that there is none. */
const answerWithin = 6000;

/** What the video's workflow says about itself. Needs a worker. @throws RefusedError when none answers */
export async function queryStatus(client: Client, videoId: string): Promise<VideoStatus> {
  return withAnswer(client, () => client.workflow.getHandle(videoId).query<VideoStatus>(statusQueryName));
}

/** @throws RefusedError in the workflow's words, or when no worker answers */
export const selectThumbnail = (client: Client, videoId: string, selection: SelectThumbnail): Promise<VideoStatus> =>
  update(client, videoId, selectThumbnailUpdateName, [selection]);

/** @throws RefusedError in the workflow's words, or when no worker answers */
export const undoSelection = (client: Client, videoId: string): Promise<VideoStatus> =>
  update(client, videoId, undoSelectionUpdateName, []);

/** @throws RefusedError in the workflow's words, or when no worker answers */
export const correctMatch = (client: Client, videoId: string, corrections: Corrections): Promise<VideoStatus> =>
  update(client, videoId, correctMatchUpdateName, [corrections]);

/** @throws RefusedError in the workflow's words, or when no worker answers */
export const retryStage = (client: Client, videoId: string, order: RetryOrder = {}): Promise<VideoStatus> =>
  update(client, videoId, retryStageUpdateName, [order]);

/** Asks the video to stop. Works without a worker; it ends as soon as one runs. */
export async function cancelVideo(client: Client, videoId: string): Promise<void> {
  await client.workflow.getHandle(videoId).cancel();
}

/**
 * An update waits on the server until a worker takes it, and would be carried out by one that starts later. So we ask
 * a question first, which changes nothing: only when it is answered, the update is sent.
 */
async function update(client: Client, videoId: string, name: string, args: unknown[]): Promise<VideoStatus> {
  try {
    await queryStatus(client, videoId);
    return await withAnswer(client, () =>
      client.workflow.getHandle(videoId).executeUpdate<VideoStatus, [unknown]>(name, { args } as { args: [unknown] }),
    );
  } catch (error) {
    throw isOfTheWorkflow(error) ? error : ((await refusalOfEnded(client, videoId)) ?? error);
  }
}

/** The workflow said no itself, so it runs. */
const isOfTheWorkflow = (error: unknown) =>
  error instanceof RefusedError && error.cause instanceof WorkflowUpdateFailedError;

/** Only when something was refused it is asked whether the video has ended: that says more than why. */
async function refusalOfEnded(client: Client, videoId: string): Promise<RefusedError | undefined> {
  const description = await client.workflow
    .getHandle(videoId)
    .describe()
    .catch(() => undefined);
  if (!description || description.status.name === 'RUNNING') return undefined;
  return new RefusedError(`${videoId} has ended (${description.status.name.toLowerCase()}).`);
}

async function withAnswer<T>(client: Client, call: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + answerWithin, call);
  } catch (error) {
    throw isWithoutWorker(error) ? noWorker() : explainRefusal(error);
  }
}
