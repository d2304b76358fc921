import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type WorkflowHandle,
  type WorkflowHandleWithFirstExecutionRunId,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TimeoutFailure } from '@temporalio/common';
import { z } from 'zod';
import type { Waiting } from '../../domain/next-step.ts';
import type { RevisionReport } from '../../domain/revision-report.ts';
import {
  type ReviseVideoInput,
  type RevisionMemo,
  retryRevisionSignal,
  reviseVideoWorkflowType,
  revisionId,
} from '../names.ts';
import { describeDeployment } from '../versions/deployment.ts';
import { readBuildId } from '../versions/program-version.ts';
import { workflowChanges } from '../workflow-changes.ts';
import { carryQuestion } from './carry-question.ts';
import { decodePayload } from './decode.ts';
import { isAnswerLost, noWorker, RefusedError, UnknownOutcomeError } from './errors.ts';
import { describeExecution, listExecutions, type PendingActivity } from './executions.ts';

/** Milliseconds for a look at the channel, in which a person waits. */
const lookWithin = 30_000;
const lookEvery = 300;
/** WORKFLOW_EXECUTION_STATUS_RUNNING and PENDING_ACTIVITY_STATE_SCHEDULED of the Temporal API. */
const running = 1;
const scheduled = 1;

export type RevisionHandle = WorkflowHandleWithFirstExecutionRunId;

/**
 * What the channel shows of a published video, and what a revision of it would come to.
 * @throws RefusedError in words, also if no machine answers
 */
export async function lookAtPublished(
  client: Client,
  taskQueue: string,
  input: Omit<ReviseVideoInput, 'look'>,
): Promise<RevisionReport> {
  await requireNewEnough(client, taskQueue);
  const args = [{ ...input, look: true } satisfies ReviseVideoInput];
  try {
    return await carryQuestion(client, reviseVideoWorkflowType, 'look', { taskQueue, args, answerWithin: lookWithin });
  } catch (error) {
    throw explainEnd(error);
  }
}

/** @throws RefusedError if the video is being revised already; UnknownOutcomeError */
export async function startRevision(
  client: Client,
  taskQueue: string,
  input: Omit<ReviseVideoInput, 'look'>,
): Promise<RevisionHandle> {
  await requireNewEnough(client, taskQueue);
  const { videoId } = input;
  try {
    return await client.workflow.start(reviseVideoWorkflowType, {
      workflowId: revisionId(videoId),
      taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) {
      const retry = `npx badminton revise ${videoId} --retry`;
      throw new RefusedError(`${videoId} is being revised already. To wait for that: ${retry}`, { cause: error });
    }
    if (!isAnswerLost(error)) throw error;
    const message = `No answer came in time: the revision of ${videoId} may have been started, or may be yet.`;
    throw new UnknownOutcomeError(message, { cause: error });
  }
}

/** The revision that is running. @throws RefusedError if there is none */
export async function runningRevision(client: Client, videoId: string): Promise<RevisionHandle> {
  const workflowId = revisionId(videoId);
  const { execution } = await describeExecution(client, workflowId).catch(() => ({ execution: undefined }));
  if (Number(execution?.status) !== running) throw new RefusedError(`${videoId} is not being revised.`);
  const runId = execution?.execution?.runId ?? '';
  return Object.assign(client.workflow.getHandle(workflowId, runId), { firstExecutionRunId: runId });
}

/** Ends its wait. */
export const retryRevision = (handle: RevisionHandle): Promise<void> => handle.signal(retryRevisionSignal);

/** Ends the wait of every revision that waits for this reason. */
export async function retryRevisionsWaitingFor(client: Client, code: string): Promise<void> {
  const query = `WorkflowType = '${reviseVideoWorkflowType}' AND ExecutionStatus = 'Running'`;
  for await (const { execution, memo } of listExecutions(client, query)) {
    const { value } = await decodePayload(client, memo?.fields?.revision);
    if ((value as RevisionMemo | undefined)?.waiting?.code !== code || !execution?.workflowId) continue;
    await client.workflow.getHandle(execution.workflowId).signal(retryRevisionSignal);
  }
}

/**
 * Waits until the revision has ended.
 * @param tell receives what it is doing, each time that it changes
 * @returns what became of it, or until when it sleeps: it then continues automatically
 * @throws RefusedError saying why it ended
 */
export async function followRevision(
  client: Client,
  { workflowId, firstExecutionRunId }: RevisionHandle,
  tell: (note: string) => void = () => undefined,
): Promise<RevisionReport | { readonly waiting: Waiting }> {
  let told = '';
  for (;;) {
    const now = await runningNow(client, workflowId);
    if (!now || now.runId !== firstExecutionRunId) break;
    if (now.waiting) return { waiting: now.waiting };
    if (now.note !== told) tell(now.note);
    told = now.note;
    await sleep(lookEvery);
  }
  return endOf(client.workflow.getHandle(workflowId, firstExecutionRunId));
}

/** What the latest revision of a video is doing, or what became of it, as long as the server remembers. */
export type RevisionState =
  | RevisionReport
  | { readonly outcome: 'none' }
  | { readonly outcome: 'running'; readonly note: string; readonly waiting?: Waiting }
  | { readonly outcome: 'failed'; readonly problem: string };

export async function latestRevision(client: Client, videoId: string): Promise<RevisionState> {
  const workflowId = revisionId(videoId);
  try {
    const now = await runningNow(client, workflowId);
    if (!now) return await endOf(client.workflow.getHandle(workflowId));
    return { outcome: 'running', note: now.note, ...(now.waiting && { waiting: now.waiting }) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { outcome: 'none' };
    if (error instanceof RefusedError) return { outcome: 'failed', problem: error.message };
    throw error;
  }
}

/** Undefined once it has ended. @throws WorkflowNotFoundError */
async function runningNow(client: Client, workflowId: string) {
  const { execution, pendingActivities } = await describeExecution(client, workflowId);
  if (Number(execution.status) !== running) return undefined;
  const { value } = await decodePayload(client, execution.memo?.fields?.revision);
  const { waiting } = (value ?? {}) as RevisionMemo;
  return {
    runId: execution.execution?.runId ?? '',
    note: await noteOf(client, pendingActivities[0]),
    waiting: pendingActivities.length === 0 ? waiting : undefined,
  };
}

/** @throws RefusedError saying why it ended */
async function endOf(handle: WorkflowHandle): Promise<RevisionReport> {
  try {
    return await handle.result();
  } catch (error) {
    throw explainEnd(error);
  }
}

const heartbeat = z.object({ note: z.string() });

async function noteOf(client: Client, pending: PendingActivity | undefined): Promise<string> {
  if (!pending) return 'starting';
  if (pending.state === scheduled) {
    return (pending.attempt ?? 1) > 1 ? 'waiting for the next try' : 'waiting for the machine that has the video';
  }
  const [payload] = pending.heartbeatDetails?.payloads ?? [];
  return heartbeat.safeParse((await decodePayload(client, payload)).value).data?.note ?? 'starting';
}

/**
 * A program from before revisions does not know their workflow, and an older one does not take it over: see
 * `versions/decide.ts`.
 */
async function requireNewEnough(client: Client, taskQueue: string): Promise<void> {
  const { currentBuildId } = await describeDeployment(client, taskQueue);
  if (currentBuildId === undefined) throw noWorker();
  const version = readBuildId(currentBuildId);
  if (!version || version.changes > workflowChanges.indexOf('revises-videos')) return;
  throw new RefusedError(
    'The videos are run by an earlier version of the program, which cannot revise them. Start this version with: npm start (or: npx badminton worker)',
  );
}

function explainEnd(error: unknown): unknown {
  if (!(error instanceof WorkflowFailedError)) return error;
  const { cause } = error;
  if (cause instanceof CancelledFailure) return new RefusedError('The revision was cancelled.', { cause: error });
  if (cause instanceof TimeoutFailure) {
    return new RefusedError(
      'The machine that has the video gave no answer. See whether it is running: npx badminton hosts',
      { cause: error },
    );
  }
  if (!(cause instanceof ApplicationFailure)) return error;
  const [details] = (cause.details ?? []) as [{ action?: unknown }?];
  const action = typeof details?.action === 'string' ? ` ${details.action}` : '';
  return new RefusedError(`${cause.message.replace(/\.?$/, '.')}${action}`, { cause: error });
}
