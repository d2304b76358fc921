import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Progress } from '../../stages/context.ts';
import { summarise, type VideoSummary } from './videos.ts';

/** What the server knows of the activity that is running or waiting to be tried again. */
export interface RunningStep {
  readonly activity: string;
  readonly attempt: number;
  readonly maximumAttempts?: number;
  /** It is not running right now: waiting for a worker or for its next try. */
  readonly waiting: boolean;
  /** ISO 8601, when it is tried again. */
  readonly nextTry?: string;
  readonly progress?: Progress;
  readonly lastError?: string;
}

export interface VideoDetails extends VideoSummary {
  readonly step?: RunningStep;
}

interface PendingActivity {
  readonly activityType?: { name?: string | null } | null;
  readonly state?: number | null;
  readonly attempt?: number | null;
  readonly maximumAttempts?: number | null;
  readonly scheduledTime?: Timestamp | null;
  readonly heartbeatDetails?: { payloads?: Parameters<typeof defaultPayloadConverter.fromPayload>[0][] | null } | null;
  readonly lastFailure?: { message?: string | null } | null;
}
type Timestamp = { readonly seconds?: { toNumber(): number } | number | null };

/** PENDING_ACTIVITY_STATE_SCHEDULED of the Temporal API: not started yet, or waiting between two tries. */
const scheduled = 1;

/** Everything about one video that can be known without a worker. */
export async function describeVideo(client: Client, videoId: string): Promise<VideoDetails> {
  const description = await client.workflow.getHandle(videoId).describe();
  const [pending] = (description.raw.pendingActivities ?? []) as PendingActivity[];
  return { ...summarise(description as unknown as WorkflowExecutionInfo), ...(pending && { step: stepOf(pending) }) };
}

function stepOf(pending: PendingActivity): RunningStep {
  const waiting = pending.state === scheduled;
  const nextTry = waiting && toIso(pending.scheduledTime);
  const [payload] = pending.heartbeatDetails?.payloads ?? [];
  return {
    activity: pending.activityType?.name ?? '',
    attempt: pending.attempt ?? 1,
    waiting,
    ...(pending.maximumAttempts && { maximumAttempts: pending.maximumAttempts }),
    ...(nextTry && { nextTry }),
    ...(payload && { progress: defaultPayloadConverter.fromPayload<Progress>(payload) }),
    ...(pending.lastFailure?.message && { lastError: pending.lastFailure.message }),
  };
}

function toIso(time: Timestamp | null | undefined): string | undefined {
  const seconds = typeof time?.seconds === 'number' ? time.seconds : time?.seconds?.toNumber();
  return seconds ? new Date(seconds * 1000).toISOString() : undefined;
}
