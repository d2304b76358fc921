import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { nextStep } from '../../domain/next-step.ts';
import type { Stage } from '../../domain/stages.ts';
import type { Progress } from '../../stages/context.ts';
import type { Activities } from '../activity-types.ts';
import { completeSummaries } from './complete-summaries.ts';
import { decodePayload, decodeTimestamp, messageOf } from './decode.ts';
import { describeExecution, type PendingActivity } from './executions.ts';
import { summarise, type VideoSummary } from './video-summary.ts';

/** What the server knows about the activity that is running or waiting to be retried. */
export interface RunningStep {
  readonly activity: string;
  readonly attempt: number;
  readonly maximumAttempts?: number;
  /** It is not running right now, but waiting for a worker or its next try. */
  readonly waiting: boolean;
  /** ISO 8601: when it is retried. */
  readonly nextTry?: string;
  readonly progress?: Progress;
  readonly lastError?: string;
}

export interface VideoDetails extends VideoSummary {
  readonly step?: RunningStep;
}

/** PENDING_ACTIVITY_STATE_SCHEDULED of the Temporal API: not started yet, or waiting for the next try. */
const scheduled = 1;

/** A foreign worker's heartbeats may look different. */
const progressSchema = z.object({ fraction: z.number().optional(), note: z.string() });

/** Everything about one video that can be known without a worker. @throws WorkflowNotFoundError */
export async function describeVideo(client: Client, videoId: string): Promise<VideoDetails> {
  const { execution, pendingActivities } = await describeExecution(client, videoId);
  const known = await summarise(client, execution);
  const [video = known] = await completeSummaries(client, [known]);
  const { note, ...summary } = video;
  const pending = activityOf(summary.stage, pendingActivities);
  const step = pending && (await stepOf(client, pending));
  // Once the step runs, the note about waiting for a machine is out of date.
  if (step && !step.waiting && note) return { ...summary, next: nextStep(summary.stage, videoId), step };
  return { ...summary, ...(note && { note }), ...(step && { step }) };
}

/** What is done in each stage; beside it the recording may be uploaded early. */
const workOf: Partial<Record<Stage, keyof Activities>> = {
  RANKING: 'rankThumbnailsActivity',
  SELECTING: 'selectThumbnailActivity',
  ENHANCING: 'enhanceThumbnailActivity',
};

/** The server names pending activities in no order. */
function activityOf(stage: Stage, pending: readonly PendingActivity[]): PendingActivity | undefined {
  return pending.find(({ activityType }) => activityType?.name === workOf[stage]) ?? pending[0];
}

async function stepOf(client: Client, pending: PendingActivity): Promise<RunningStep> {
  const waiting = pending.state === scheduled;
  const nextTry = waiting && decodeTimestamp(pending.scheduledTime);
  const [payload] = pending.heartbeatDetails?.payloads ?? [];
  const progress = progressSchema.safeParse((await decodePayload(client, payload)).value).data as Progress | undefined;
  const lastError = await messageOf(client, pending.lastFailure);
  return {
    activity: pending.activityType?.name ?? '',
    attempt: pending.attempt ?? 1,
    waiting,
    ...(pending.maximumAttempts && { maximumAttempts: pending.maximumAttempts }),
    ...(nextTry && { nextTry }),
    ...(progress && { progress }),
    ...(lastError && { lastError }),
  };
}
