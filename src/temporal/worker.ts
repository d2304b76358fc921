import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import type { MetricMeter } from '@temporalio/common';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Activities } from './activity-types.ts';
import type { TemporalTarget } from './connect.ts';
import {
  cpuQueue,
  deploymentName,
  earlyUploadQueue,
  questionQueue,
  rankQueue,
  uploadQueue,
  workflowType,
} from './names.ts';
import { dataConverterWith, tellingUnreadable } from './payloads/data-converter.ts';
import { type MetricsAddress, prometheusAt } from './prometheus.ts';
import { temporalTracing } from './tracing.ts';
import type { Standing } from './versions/decide.ts';
import { keepCurrent } from './versions/keep-current.ts';
import { buildIdOf, ownVersion, type ProgramVersion } from './versions/program-version.ts';
import { workerIdentity } from './worker-identity.ts';
import type { Host } from './worker-parts.ts';
import { cachedWorkflows, withBoundedThreads } from './workflow-memory.ts';

export interface WorkerSettings {
  /** The workflows' queue; those of the activities are derived from it and the host's id. */
  readonly taskQueue: string;
  readonly host: Host;
  /** How many activities of each kind run at once. */
  readonly cpuConcurrency: number;
  readonly uploadConcurrency: number;
  /** How long running activities may take to end once the worker is told to stop. */
  readonly shutdownGraceSeconds: number;
  /** The version of the workflow bundle; by default that of the program that is running. */
  readonly version?: ProgramVersion;
}

export interface RunningWorker {
  /** Resolves once the worker has stopped; rejects if it died. */
  readonly stopped: Promise<void>;
  /** How this program relates to the version that runs the videos. */
  standing(): Standing;
  /** Why a payload could not be decoded here, if there was one. */
  unreadable(): string | undefined;
  /** Lets running activities end or hand over their work. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * How long stopped work may take to report that to the server, so as not to wait for a server that is away. A later
 * attempt resumes the work either way.
 */
const handOverMilliseconds = 2000;
/** How long the SDK may then take to say goodbye to the server: it waits 30 s for one that hangs. */
const goodbyeMilliseconds = 1000;

/**
 * Starts this machine's worker: one queue shared by all machines, for workflows and for activities that any may run, and
 * five of its own: for questions, and for activities on this machine's recordings: rankings, other work of the CPU, early
 * uploads and other uploads, each with its own concurrency. All share one connection. Only the workflows' worker has a version: an older program gets no
 * workflows of a newer one, and still does the work on its own recordings.
 * @throws RefusedError if the server keeps no versions of workers
 */
export async function startWorker(
  target: TemporalTarget,
  settings: WorkerSettings,
  activities: Activities,
  workflowBundle: string,
): Promise<RunningWorker> {
  const { taskQueue, host, cpuConcurrency, uploadConcurrency, shutdownGraceSeconds, version = ownVersion() } = settings;
  let unreadable: string | undefined;
  const dataConverter = tellingUnreadable(target.dataConverter ?? dataConverterWith(), ({ message }) => {
    unreadable = message;
  });
  const connection = await NativeConnection.connect(target.connection);
  const common = {
    dataConverter,
    connection,
    namespace: target.namespace,
    taskQueue,
    identity: workerIdentity(host, process.pid),
    shutdownGraceTime: shutdownGraceSeconds * 1000,
    shutdownForceTime: shutdownGraceSeconds * 1000 + handOverMilliseconds,
    maxHeartbeatThrottleInterval: '1s',
    defaultHeartbeatThrottleInterval: '1s',
    activities: { ...activities },
    ...temporalTracing()?.worker,
  } satisfies WorkerOptions;
  const {
    acceptVideoActivity,
    cancelOwnVideoActivity,
    describeHostActivity,
    hasUploadBegunActivity,
    listHostsActivity,
    lookAtPublishedActivity,
    reviseVideoActivity,
  } = activities;
  const workerOn = (queue: typeof cpuQueue, places: number) =>
    Worker.create({
      ...common,
      taskQueue: queue(taskQueue, host.id),
      maxConcurrentActivityTaskExecutions: places,
    });
  const workers = await Promise.all([
    withBoundedThreads(() =>
      Worker.create({
        ...common,
        activities: { hasUploadBegunActivity, listHostsActivity },
        // Those of the shared queue are not bound to a version, so that every machine can answer.
        enableNonLocalActivities: false,
        workerDeploymentOptions: {
          version: { deploymentName: deploymentName(taskQueue), buildId: buildIdOf(version) },
          useWorkerVersioning: true,
          defaultVersioningBehavior: 'AUTO_UPGRADE',
        },
        workflowBundle: { codePath: workflowBundle },
        maxCachedWorkflows: cachedWorkflows,
        // A query to a worker that was killed goes to the next one after this time, well before our own deadline.
        stickyQueueScheduleToStartTimeout: '2s',
      }),
    ),
    Worker.create({ ...common, activities: { acceptVideoActivity, cancelOwnVideoActivity } }),
    Worker.create({
      ...common,
      taskQueue: questionQueue(taskQueue, host.id),
      // Revisions take seconds, and must not wait behind the uploads of hours.
      activities: { acceptVideoActivity, describeHostActivity, lookAtPublishedActivity, reviseVideoActivity },
      maxConcurrentActivityTaskPolls: 2,
    }),
    // Each with places of its own: a worker learns what a task is only once it has taken it.
    ...[cpuQueue, rankQueue].map((queue) => workerOn(queue, cpuConcurrency)),
    ...[uploadQueue, earlyUploadQueue].map((queue) => workerOn(queue, uploadConcurrency)),
  ]);
  let toldToStop = false;
  const shutDown = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run());
  // If one dies, the others are of no use.
  for (const run of runs) run.catch(shutDown);
  const client = new Client({
    connection,
    namespace: target.namespace,
    identity: common.identity ?? '',
    dataConverter,
  });
  const keeper = await keepCurrent(client, { taskQueue, version }).catch(async (error) => {
    shutDown();
    await Promise.allSettled(runs);
    await connection.close();
    throw error;
  });
  const stopped = Promise.allSettled(runs).then(async (outcomes) => {
    await keeper.stop();
    await connection.close();
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    // A worker that was told to stop can only fail while saying goodbye.
    if (failed && !toldToStop) throw failed.reason;
  });
  return {
    stopped,
    standing: keeper.standing,
    unreadable: () => unreadable,
    stop: async () => {
      toldToStop ||= workers.every((worker) => worker.getState() === 'RUNNING');
      // A machine that is ending takes over no videos.
      await keeper.stop();
      shutDown();
      const longest = common.shutdownForceTime + goodbyeMilliseconds;
      const enough = new AbortController();
      const { signal } = enough;
      await Promise.race([stopped, sleep(longest, undefined, { signal })]).finally(() => enough.abort());
    },
  };
}

/**
 * Sends the SDK's logs to our log. Call once per process, before using anything else from the SDK.
 * @param metrics where the SDK serves its metrics and those of the meter that is returned
 */
export function installRuntime(log: Logger, metrics?: MetricsAddress): MetricMeter {
  const write = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) =>
    log[level]({ ...videoOf(meta), ...meta }, message);
  return Runtime.install({
    shutdownSignals: [],
    logger: {
      log: (level, message, meta) => write(level === 'INFO' ? 'debug' : (level.toLowerCase() as 'warn'))(message, meta),
      trace: write('trace'),
      debug: write('debug'),
      info: write('debug'),
      warn: write('warn'),
      error: write('error'),
    },
    telemetryOptions: {
      logging: { filter: { core: 'WARN', other: 'WARN' }, forward: {} },
      ...(metrics && { metrics: { prometheus: prometheusAt(metrics) } }),
    },
  }).metricMeter;
}

/** The SDK calls a video by the names that all workflows have. */
function videoOf(meta: object = {}): { readonly videoId?: string } {
  const { workflowId, workflowType: type } = meta as Record<string, unknown>;
  return typeof workflowId === 'string' && type === workflowType ? { videoId: workflowId } : {};
}
