import type { ActivityOptions, Duration, LocalActivityOptions } from '@temporalio/common';
import type { VideoPriority } from '../domain/video-priority.ts';
import type { VideoSettings } from './activity-types.ts';
import type { RevisionSettings } from './names.ts';

/**
 * One block of options per kind of risk. Every stage heartbeats, so that a killed worker is noticed after the heartbeat
 * timeout and cancellation reaches it; `WAIT_CANCELLATION_COMPLETED` keeps a cancelled workflow open until the activity
 * has really stopped.
 */
const seconds = (value: number): Duration => Math.max(1, Math.round(value * 1000));

/** A machine that is known is waited for without a limit, which costs no events: clients see that it is away. */
export const lookUpOnHost: ActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '5 seconds', maximumAttempts: 8 },
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
};

/** Any worker of the queue may take it. Retried a few times: the right worker may still be starting. */
export const lookUp: ActivityOptions = { ...lookUpOnHost, scheduleToStartTimeout: '10 minutes' };

/** A question to the server, in the worker that runs the workflow. */
export const askServer: LocalActivityOptions = {
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '10 seconds', maximumAttempts: 6 },
};

/**
 * One machine is asked whether it has the file. A no is an answer; one that is off or frozen gives none, and is not
 * waited for: all are asked again later.
 */
export const askHost: ActivityOptions = {
  startToCloseTimeout: '4 seconds',
  scheduleToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', nonRetryableErrorTypes: ['FILE_MISSING'] },
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
};

/** Fast work on local files: retried soon, a few times. */
export const fastLocal = (settings: VideoSettings): ActivityOptions => ({
  ...onHost(settings),
  startToCloseTimeout: '15 minutes',
  retry: retry(settings, settings.retryAttempts, '1 minute'),
});

/** Long work on local files, with progress: decoding, copying. */
export const longLocal = (settings: VideoSettings): ActivityOptions => ({
  ...onHost(settings),
  startToCloseTimeout: '6 hours',
  retry: retry(settings, settings.retryAttempts, '2 minutes'),
});

/**
 * Remote and not idempotent by itself: before it sends anything again, the stage asks the server what it already has.
 */
export const remotePublish = (settings: VideoSettings): ActivityOptions => ({
  ...onHost(settings),
  startToCloseTimeout: '7 days',
  retry: retry(settings, settings.uploadRetryAttempts, '10 minutes'),
});

/** A few calls of YouTube for a published video, each asked about before it is made again. */
export const revise = (settings: RevisionSettings): ActivityOptions => ({
  heartbeatTimeout: seconds(settings.heartbeatTimeoutSeconds),
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  startToCloseTimeout: '1 hour',
  retry: {
    ...retry(settings, settings.retryAttempts, '1 minute'),
    // A machine with a program from before revisions will not know the activity however often it is asked.
    nonRetryableErrorTypes: [unknownActivity],
  },
});

/** How the SDK calls the failure of a worker that does not know an activity. */
export const unknownActivity = 'NotFoundError';

function onHost(settings: VideoSettings): ActivityOptions {
  return {
    heartbeatTimeout: seconds(settings.heartbeatTimeoutSeconds),
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  };
}

function retry(
  settings: Pick<VideoSettings, 'retryIntervalSeconds'>,
  maximumAttempts: number,
  maximumInterval: Duration,
) {
  const initialInterval = seconds(settings.retryIntervalSeconds);
  return { initialInterval, backoffCoefficient: 2, maximumInterval, maximumAttempts };
}

/** Temporal's priority keys of a video's activities: 1 to 5, the smaller ones first. */
export interface PriorityKeys {
  /** Its frame is chosen. */
  readonly chosen: number;
  readonly prepare: number;
  /** Ranking, and uploads before the choice. */
  readonly long: number;
}

/**
 * On a queue that all of them share, no ranking is before a chosen video, and a ranking of high priority is not behind the
 * preparation of a normal one.
 */
export const priorityKeys: Readonly<Record<VideoPriority, PriorityKeys>> = {
  high: { chosen: 1, prepare: 3, long: 3 },
  normal: { chosen: 2, prepare: 3, long: 4 },
  low: { chosen: 2, prepare: 4, long: 5 },
};
