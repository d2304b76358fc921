import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Activities } from './activity-types.ts';
import type { TemporalTarget } from './connect.ts';
import { cpuQueue, uploadQueue } from './names.ts';
import type { Parts } from './parts.ts';

export interface RunningWorker {
  /** Settles when the worker has stopped; rejects when it died. */
  readonly stopped: Promise<void>;
  /** Lets running activities end or be handed over. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts this machine's worker: one queue for workflows, shared by all machines, and two for the activities of the
 * recordings that lie here, CPU-heavy work and uploads, each with a concurrency of its own. One connection serves all.
 */
export async function startWorker(
  target: TemporalTarget,
  { config, host }: Pick<Parts, 'config' | 'host'>,
  activities: Activities,
  workflowBundle: string,
): Promise<RunningWorker> {
  const connection = await NativeConnection.connect(target.connection);
  const common: WorkerOptions = {
    connection,
    namespace: target.namespace,
    taskQueue: config.TASK_QUEUE,
    identity: `${host.name}/${process.pid}`,
    shutdownGraceTime: config.SHUTDOWN_GRACE * 1000,
    maxHeartbeatThrottleInterval: '1s',
    defaultHeartbeatThrottleInterval: '1s',
    activities: { ...activities },
  };
  const { acceptVideoActivity, cancelOwnVideoActivity } = activities;
  const workers = await Promise.all([
    Worker.create({
      ...common,
      activities: { acceptVideoActivity, cancelOwnVideoActivity },
      workflowBundle: { codePath: workflowBundle },
      maxCachedWorkflows: 200,
      // A question to a worker that was killed is asked of the next one after this time: well before ours runs out.
      stickyQueueScheduleToStartTimeout: '2s',
    }),
    Worker.create({
      ...common,
      taskQueue: cpuQueue(config.TASK_QUEUE, host.id),
      maxConcurrentActivityTaskExecutions: config.CPU_CONCURRENCY,
    }),
    Worker.create({
      ...common,
      taskQueue: uploadQueue(config.TASK_QUEUE, host.id),
      maxConcurrentActivityTaskExecutions: config.UPLOAD_CONCURRENCY,
    }),
  ]);
  const shutDown = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run());
  // When one dies the others are no use.
  for (const run of runs) run.catch(shutDown);
  const stopped = Promise.allSettled(runs).then(async (outcomes) => {
    await connection.close();
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  });
  return {
    stopped,
    stop: async () => {
      shutDown();
      await stopped;
    },
  };
}

/** Sends what the SDK logs to our log. Once a process, before anything else of the SDK. */
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
