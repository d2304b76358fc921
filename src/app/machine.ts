import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { createActivities } from '../temporal/activities/index.ts';
import { workflowBundle } from '../temporal/bundle.ts';
import { noServer } from '../temporal/client/errors.ts';
import type { StartVideo } from '../temporal/client/start.ts';
import { requireReadableVideos } from '../temporal/client/unreadable-videos.ts';
import { type VideoWatch, watchVideos } from '../temporal/client/watch/index.ts';
import { connect, type TemporalTarget } from '../temporal/connect.ts';
import { encodes } from '../temporal/payloads/data-converter.ts';
import { ensureSearchAttributes } from '../temporal/search-attributes.ts';
import { temporalTracing } from '../temporal/tracing.ts';
import { ownVersion } from '../temporal/versions/program-version.ts';
import { installRuntime, type RunningWorker, startWorker } from '../temporal/worker.ts';
import type { PublishTarget } from '../workspace/ledger.ts';
import type { YouTube } from '../youtube/youtube.ts';
import { cacheFolder } from './cache-folder.ts';
import type { Config, Environment } from './config.ts';
import { watchDiskSpace } from './disk-space.ts';
import { measureUploads } from './metrics/measured-uploads.ts';
import { sdkAddress } from './metrics/sdk-address.ts';
import { type OpenParts, openParts } from './open-parts.ts';
import { payloadConverter } from './payload-converter.ts';
import { payloadTrouble } from './payload-trouble.ts';
import { type FollowedTarget, followTarget } from './publish-target/follow.ts';
import { resumeFound } from './resume-found.ts';
import { resumeParked } from './resume-parked.ts';
import { traceYouTube } from './traced-youtube.ts';
import { startTracing } from './tracing.ts';
import { versionTrouble } from './version-trouble.ts';
import { videoStarter } from './video-starter.ts';
import { workerSettings } from './worker-settings.ts';

/** This machine at work: its worker, its parts, and a client. Disposing of it hands over running work and stops. */
export interface Machine extends AsyncDisposable {
  readonly client: Client;
  readonly target: TemporalTarget;
  readonly parts: OpenParts;
  readonly worker: RunningWorker;
  readonly startVideo: StartVideo;
  readonly videos: VideoWatch;
}

export interface MachineOptions {
  /** The configuration as it is at that moment. */
  readonly now: () => Config;
  readonly environment: Environment;
  readonly log: Logger;
}

/**
 * Starts this machine's work for the Temporal that `findTarget` returns; whatever does not need Temporal starts in the
 * meantime.
 */
export async function startMachine(
  { now, environment, log }: MachineOptions,
  findTarget: () => Promise<TemporalTarget>,
): Promise<Machine> {
  const config = now();
  await using opened = new AsyncDisposableStack();
  const dataConverter = await payloadConverter(config);
  opened.use(await startTracing(environment));
  const isTraced = temporalTracing() !== undefined;
  const bundling = workflowBundle(cacheFolder(environment), { isTraced, encodesFailures: encodes(dataConverter) });
  bundling.catch(() => undefined);
  const parts = opened.use(await openParts(now, log));
  const target = { ...(await findTarget()), dataConverter };
  const ending = new AbortController();
  const client = await connect(target, undefined, ending.signal).catch((cause) => {
    throw Object.assign(noServer(target.connection.address), { cause });
  });
  opened.defer(() => client.connection.close());
  const { signal } = ending;
  const space = watchDiskSpace(config.DATA_DIR, () => void resumeParked({ client, code: 'NO_SPACE', log, signal }));
  opened.defer(space.stop);
  let started: RunningWorker | undefined;
  let followed: FollowedTarget | undefined;
  const workers = () =>
    started && (versionTrouble(started.standing(), ownVersion(), config.TASK_QUEUE) ?? payloadTrouble(started));
  const videos = watchVideos(client, {
    failed: (error) => log.error(error, 'a subscriber of videos failed'),
    otherTrouble: () => space.trouble() ?? workers() ?? followed?.trouble(),
  });
  opened.defer(videos.close);
  await ensureSearchAttributes(client);
  await requireReadableVideos(client, config.TASK_QUEUE);
  const { METRICS: address } = config;
  const sdk = address && (await sdkAddress());
  const meter = installRuntime(log, sdk);
  if (sdk) {
    const { startMetrics } = await import('./metrics/index.ts');
    opened.use(await startMetrics({ address, sdk, meter, parts, client, videos, log }));
  }
  const watched = new WeakMap<YouTube, YouTube>();
  const youtube = async (of: PublishTarget) => {
    const channel = await parts.youtube(of);
    const known = watched.get(channel) ?? traceYouTube(measureUploads(channel, meter));
    watched.set(channel, known);
    return known;
  };
  const activities = createActivities({ ...parts, youtube });
  const worker = await startWorker(target, workerSettings(config, parts.host), activities, await bundling);
  started = worker;
  opened.defer(worker.stop);
  opened.defer(resumeFound({ client, host: parts.host, taskQueue: config.TASK_QUEUE, log }));
  followed = followTarget({ client, parts, log });
  opened.defer(followed.stop);
  // First, so that a call to a server that is away ends while the worker stops.
  opened.defer(() => ending.abort());
  const startVideo = videoStarter(now, client, parts.store);
  const running = opened.move();
  return { client, target, parts, worker, startVideo, videos, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
