import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Activities } from './activity-types.ts';
import type { TemporalTarget } from './connect.ts';
import { cpuQueue, questionQueue, uploadQueue } from './names.ts';
import { workerIdentity } from './worker-identity.ts';
import type { Host } from './worker-parts.ts';

export interface WorkerSettings {
  /** The workflows' queue; those of the activities are derived from it and the host's id. */
  readonly taskQueue: string;
  readonly host: Host;
  /** How many activities of each kind run at once. */
  readonly cpuConcurrency: number;
  readonly uploadConcurrency: number;
  /** How long running activities may take to end once the worker is told to stop. */
  readonly shutdownGraceSeconds: number;
}

export interface RunningWorker {
  /** Resolves once the worker has stopped; rejects if it died. */
  readonly stopped: Promise<void>;
  /** Lets running activities end or hand over their work. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * How long stopped work may take to report that to the server, so as not to wait for a server that is away. A later
 * attempt resumes the work either way.
 */
const handOverMilliseconds = 2000;

/**
 * Starts this machine's worker: one queue for workflows, shared by all machines, and three of its own: for questions, and
 * for activities on this machine's recordings, CPU-heavy work and uploads, each with its own concurrency. All share one
 * connection.
 */
export async function startWorker(
  target: TemporalTarget,
  settings: WorkerSettings,
  activities: Activities,
  workflowBundle: string,
): Promise<RunningWorker> {
  const { taskQueue, host, cpuConcurrency, uploadConcurrency, shutdownGraceSeconds } = settings;
  const connection = await NativeConnection.connect(target.connection);
  const common: WorkerOptions = {
    connection,
    namespace: target.namespace,
    taskQueue,
    identity: workerIdentity(host, process.pid),
    shutdownGraceTime: shutdownGraceSeconds * 1000,
    shutdownForceTime: shutdownGraceSeconds * 1000 + handOverMilliseconds,
    maxHeartbeatThrottleInterval: '1s',
    defaultHeartbeatThrottleInterval: '1s',
    activities: { ...activities },
  };
  const { acceptVideoActivity, cancelOwnVideoActivity, hasUploadBegunActivity, listHostsActivity } = activities;
  const workers = await Promise.all([
    Worker.create({
      ...common,
      activities: { acceptVideoActivity, cancelOwnVideoActivity, hasUploadBegunActivity, listHostsActivity },
      workflowBundle: { codePath: workflowBundle },
      maxCachedWorkflows: 200,
      // A query to a worker that was killed goes to the next one after this time, well before our own deadline.
      stickyQueueScheduleToStartTimeout: '2s',
    }),
    Worker.create({
      ...common,
      taskQueue: questionQueue(taskQueue, host.id),
      activities: { acceptVideoActivity },
      maxConcurrentActivityTaskPolls: 2,
    }),
    Worker.create({
      ...common,
      taskQueue: cpuQueue(taskQueue, host.id),
      maxConcurrentActivityTaskExecutions: cpuConcurrency,
    }),
    Worker.create({
      ...common,
      taskQueue: uploadQueue(taskQueue, host.id),
      maxConcurrentActivityTaskExecutions: uploadConcurrency,
    }),
  ]);
  let toldToStop = false;
  const shutDown = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run());
  // If one dies, the others are of no use.
  for (const run of runs) run.catch(shutDown);
  const stopped = Promise.allSettled(runs).then(async (outcomes) => {
    await connection.close();
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    // A worker that was told to stop can only fail while saying goodbye.
    if (failed && !toldToStop) throw failed.reason;
  });
  return {
    stopped,
    stop: async () => {
      toldToStop ||= workers.every((worker) => worker.getState() === 'RUNNING');
      shutDown();
      await stopped;
    },
  };
}

/** Sends the SDK's logs to our log. Call once per process, before using anything else from the SDK. */
export function installRuntime(log: Logger): void {
  const write = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) =>
    log[level]({ ...meta }, message);
  Runtime.install({
    shutdownSignals: [],
    logger: {
      log: (level, message, meta) => write(level === 'INFO' ? 'debug' : (level.toLowerCase() as 'warn'))(message, meta),
      trace: write('trace'),
      debug: write('debug'),
      info: write('debug'),
      warn: write('warn'),
      error: write('error'),
    },
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'WARN' }, forward: {} } },
  });
}
