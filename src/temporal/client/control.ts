import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { createPlaces } from '../../async/places.ts';
import type { Corrections } from '../../domain/corrections.ts';
import {
  type Acknowledgement,
  correctMatchUpdateName,
  type RetryOrder,
  retryStageUpdateName,
  type SelectThumbnail,
  selectThumbnailUpdateName,
  statusQueryName,
  undoSelectionUpdateName,
  type VideoStatus,
} from '../names.ts';
import { withinAnswerTime } from './answer-time.ts';
import {
  brokenWorkflow,
  explainRefusal,
  isAnswerLost,
  isTaskFailed,
  isWithoutWorker,
  noAnswer,
  noWorker,
  RefusedError,
  UnknownOutcomeError,
} from './errors.ts';
import { lastTaskFailure } from './task-failure.ts';
import { outcomeOfUpdate } from './update-outcome.ts';

/** How many times to ask for the outcome of an update that got no answer. */
const outcomeQuestions = 2;
/**
 * In a burst, the others wait here: on the server, they would use up the time for an answer while the worker is at those
 * before them.
 */
const updatesAtOnce = 8;
const places = new WeakMap<Client, ReturnType<typeof createPlaces>>();

/** What the video's workflow says about itself. Needs a worker. @throws RefusedError if none answers */
export async function queryStatus(client: Client, videoId: string): Promise<VideoStatus> {
  return withAnswer(client, videoId, () => client.workflow.getHandle(videoId).query<VideoStatus>(statusQueryName));
}

/** @throws RefusedError in the workflow's words, or if no worker answers; UnknownOutcomeError */
export const selectThumbnail = (
  client: Client,
  videoId: string,
  selection: SelectThumbnail,
): Promise<Acknowledgement> => update(client, videoId, selectThumbnailUpdateName, [selection]);

/** @throws RefusedError in the workflow's words, or if no worker answers; UnknownOutcomeError */
export const undoSelection = (client: Client, videoId: string): Promise<Acknowledgement> =>
  update(client, videoId, undoSelectionUpdateName, []);

/** @throws RefusedError in the workflow's words, or if no worker answers; UnknownOutcomeError */
export const correctMatch = (client: Client, videoId: string, corrections: Corrections): Promise<Acknowledgement> =>
  update(client, videoId, correctMatchUpdateName, [corrections]);

/** @throws RefusedError in the workflow's words, or if no worker answers; UnknownOutcomeError */
export const retryStage = (client: Client, videoId: string, order: RetryOrder = {}): Promise<Acknowledgement> =>
  update(client, videoId, retryStageUpdateName, [order]);

/** Asks the video to stop. Needs no worker, but the video ends only once one runs. @throws UnknownOutcomeError */
export async function cancelVideo(client: Client, videoId: string): Promise<void> {
  try {
    await client.workflow.getHandle(videoId).cancel();
  } catch (error) {
    throw isAnswerLost(error) ? noAnswer(videoId, error) : error;
  }
}

/**
 * An update waits on the server for a worker, and one that starts much later would still carry it out. So we send a
 * query first, which changes nothing, and send the update only if a worker answers.
 */
const update: typeof updateNow = (client, ...rest) => {
  const place = places.get(client) ?? createPlaces(updatesAtOnce);
  places.set(client, place);
  return place(() => updateNow(client, ...rest));
};

async function updateNow(client: Client, videoId: string, name: string, args: unknown[]): Promise<Acknowledgement> {
  try {
    await queryStatus(client, videoId);
    return await send(client, videoId, name, args);
  } catch (error) {
    // The update itself may have ended the video, so a video that has ended does not mean a refused update.
    if (error instanceof UnknownOutcomeError || isOfTheWorkflow(error)) throw error;
    throw (await refusalOfEnded(client, videoId)) ?? error;
  }
}

/** A missing answer does not mean that the update was not accepted: only its id can tell. */
async function send(client: Client, videoId: string, name: string, args: unknown[]): Promise<Acknowledgement> {
  const updateId = randomUUID();
  const handle = client.workflow.getHandle(videoId);
  let lost: unknown;
  try {
    const options = { args: args as [unknown], updateId };
    const execute = () => handle.executeUpdate<Acknowledgement, [unknown]>(name, options);
    return await againWhileRunEnds(() => withinAnswerTime(client, execute));
  } catch (error) {
    if (!isAnswerLost(error)) throw await refusal(client, videoId, error);
    lost = error;
  }
  for (let question = 0; question < outcomeQuestions; question += 1) {
    try {
      return await outcomeOfUpdate<Acknowledgement>(client, videoId, updateId);
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) throw explainRefusal(error);
      // A server that no longer knows the update does not prove that it was not accepted either.
      lost = error;
    }
  }
  throw noAnswer(videoId, lost);
}

/** Milliseconds. */
const pauseWhileRunEnds = 100;
const mostTries = 10;

/**
 * A run that ends to continue as a new one fails the update that comes in the same moment: it was not accepted, so the
 * same update is sent again, to the new run.
 */
async function againWhileRunEnds<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isTaskFailed(error) || tries === mostTries) throw error;
      await sleep(pauseWhileRunEnds);
    }
  }
}

/** The workflow itself refused, so it is running. */
const isOfTheWorkflow = (error: unknown) =>
  error instanceof RefusedError && error.cause instanceof WorkflowUpdateFailedError;

/** Checks, only after a refusal, whether the video has ended: that explains more than the refusal does. */
async function refusalOfEnded(client: Client, videoId: string): Promise<RefusedError | undefined> {
  const description = await withinAnswerTime(client, () => client.workflow.getHandle(videoId).describe()).catch(
    () => undefined,
  );
  if (!description || description.status.name === 'RUNNING') return undefined;
  return new RefusedError(`${videoId} has ended (${description.status.name.toLowerCase()}).`);
}

/** For calls that change nothing. @throws RefusedError if no worker answers, or none can run the video's workflow */
async function withAnswer<T>(client: Client, videoId: string, call: () => Promise<T>): Promise<T> {
  try {
    return await withinAnswerTime(client, call);
  } catch (error) {
    throw await refusal(client, videoId, error);
  }
}

/** Why a call that certainly changed nothing failed. */
async function refusal(client: Client, videoId: string, error: unknown): Promise<unknown> {
  if (!isWithoutWorker(error)) return explainRefusal(error);
  const failure = await withinAnswerTime(client, () => lastTaskFailure(client, videoId)).catch(() => undefined);
  return failure === undefined ? noWorker() : brokenWorkflow(failure);
}
