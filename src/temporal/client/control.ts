import { randomUUID } from 'node:crypto';
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
import {
  explainRefusal,
  isAnswerLost,
  isWithoutWorker,
  noAnswer,
  noWorker,
  RefusedError,
  UnknownOutcomeError,
} from './errors.ts';

/** How long a worker may take to answer before we say that there is none. */
const answerWithin = 6000;
/** How often it is asked what became of an update whose answer did not come. */
const outcomeQuestions = 2;

/** What the video's workflow says about itself. Needs a worker. @throws RefusedError when none answers */
export async function queryStatus(client: Client, videoId: string): Promise<VideoStatus> {
  return withAnswer(client, () => client.workflow.getHandle(videoId).query<VideoStatus>(statusQueryName));
}

/** @throws RefusedError in the workflow's words, or when no worker answers; UnknownOutcomeError */
export const selectThumbnail = (client: Client, videoId: string, selection: SelectThumbnail): Promise<VideoStatus> =>
  update(client, videoId, selectThumbnailUpdateName, [selection]);

/** @throws RefusedError in the workflow's words, or when no worker answers; UnknownOutcomeError */
export const undoSelection = (client: Client, videoId: string): Promise<VideoStatus> =>
  update(client, videoId, undoSelectionUpdateName, []);

/** @throws RefusedError in the workflow's words, or when no worker answers; UnknownOutcomeError */
export const correctMatch = (client: Client, videoId: string, corrections: Corrections): Promise<VideoStatus> =>
  update(client, videoId, correctMatchUpdateName, [corrections]);

/** @throws RefusedError in the workflow's words, or when no worker answers; UnknownOutcomeError */
export const retryStage = (client: Client, videoId: string, order: RetryOrder = {}): Promise<VideoStatus> =>
  update(client, videoId, retryStageUpdateName, [order]);

/** Asks the video to stop. Works without a worker; it ends as soon as one runs. @throws UnknownOutcomeError */
export async function cancelVideo(client: Client, videoId: string): Promise<void> {
  try {
    await client.workflow.getHandle(videoId).cancel();
  } catch (error) {
    throw isAnswerLost(error) ? noAnswer(videoId, error) : error;
  }
}

/**
 * An update waits on the server until a worker takes it, and would be carried out by one that starts later. So we ask
 * a question first, which changes nothing: only when it is answered, the update is sent.
 */
async function update(client: Client, videoId: string, name: string, args: unknown[]): Promise<VideoStatus> {
  try {
    await queryStatus(client, videoId);
    return await send(client, videoId, name, args);
  } catch (error) {
    // What was sent may be what ended the video: that it has ended does not say that it was refused.
    if (error instanceof UnknownOutcomeError || isOfTheWorkflow(error)) throw error;
    throw (await refusalOfEnded(client, videoId)) ?? error;
  }
}

/** Once it is sent, that no answer comes does not mean that it is not taken: only its id tells. */
async function send(client: Client, videoId: string, name: string, args: unknown[]): Promise<VideoStatus> {
  const updateId = randomUUID();
  const handle = client.workflow.getHandle(videoId);
  let lost: unknown;
  try {
    const options = { args: args as [unknown], updateId };
    return await withinDeadline(client, () => handle.executeUpdate<VideoStatus, [unknown]>(name, options));
  } catch (error) {
    if (!isAnswerLost(error)) throw refused(error);
    lost = error;
  }
  for (let question = 0; question < outcomeQuestions; question += 1) {
    try {
      return await withinDeadline(client, () => handle.getUpdateHandle<VideoStatus>(updateId).result());
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) throw refused(error);
      // Neither does a server that has forgotten it say that it was not taken.
      lost = error;
    }
  }
  throw noAnswer(videoId, lost);
}

/** The workflow said no itself, so it runs. */
const isOfTheWorkflow = (error: unknown) =>
  error instanceof RefusedError && error.cause instanceof WorkflowUpdateFailedError;

/** Only when something was refused it is asked whether the video has ended: that says more than why. */
async function refusalOfEnded(client: Client, videoId: string): Promise<RefusedError | undefined> {
  const description = await withinDeadline(client, () => client.workflow.getHandle(videoId).describe()).catch(
    () => undefined,
  );
  if (!description || description.status.name === 'RUNNING') return undefined;
  return new RefusedError(`${videoId} has ended (${description.status.name.toLowerCase()}).`);
}

/** @throws RefusedError that nothing was changed: the call changes nothing, or the server did not take it */
async function withAnswer<T>(client: Client, call: () => Promise<T>): Promise<T> {
  try {
    return await withinDeadline(client, call);
  } catch (error) {
    throw refused(error);
  }
}

const withinDeadline = <T>(client: Client, call: () => Promise<T>): Promise<T> =>
  client.withDeadline(Date.now() + answerWithin, call);

const refused = (error: unknown) => (isWithoutWorker(error) ? noWorker() : explainRefusal(error));
