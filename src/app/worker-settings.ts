import type { VideoSettings } from '../temporal/activity-types.ts';
import type { RevisionSettings } from '../temporal/names.ts';
import type { WorkerSettings } from '../temporal/worker.ts';
import type { Host } from '../temporal/worker-parts.ts';
import { type Config, encodesPayloads } from './config.ts';

/** The settings of a video that was started without any of its own. */
export const videoSettings = (config: Config): VideoSettings => ({
  topN: config.TOP_N,
  templateName: config.TEMPLATE,
  selectionTimeoutSeconds: config.SELECTION_TIMEOUT,
  selectionPolicy: config.SELECTION_POLICY,
  heartbeatTimeoutSeconds: config.HEARTBEAT_TIMEOUT,
  hostTimeoutSeconds: 600,
  retryIntervalSeconds: config.RETRY_INTERVAL,
  retryAttempts: config.RETRY_ATTEMPTS,
  uploadEarly: config.UPLOAD_EARLY === 'on',
  timeZone: config.TIME_ZONE,
  uploadRetryAttempts: config.UPLOAD_RETRY_ATTEMPTS,
  hasLongQueues: true,
  ...(encodesPayloads(config) && { hidesNames: true }),
  studioUrl: `http://localhost:${config.STUDIO_PORT}/`,
});

/** What a revision is given by the machine that starts it. */
export const revisionSettings = (config: Config): RevisionSettings => ({
  heartbeatTimeoutSeconds: config.HEARTBEAT_TIMEOUT,
  retryIntervalSeconds: config.RETRY_INTERVAL,
  retryAttempts: config.UPLOAD_RETRY_ATTEMPTS,
});

export const workerSettings = (config: Config, host: Host): WorkerSettings => ({
  taskQueue: config.TASK_QUEUE,
  host,
  cpuConcurrency: config.CPU_CONCURRENCY,
  uploadConcurrency: config.UPLOAD_CONCURRENCY,
  shutdownGraceSeconds: config.SHUTDOWN_GRACE,
});
