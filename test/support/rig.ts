import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import pino from 'pino';
import { cacheFolder } from '../../src/app/cache-folder.ts';
import type { Config } from '../../src/app/config.ts';
import { type CurrentSettings, followSettings } from '../../src/app/current-settings.ts';
import { thisHost } from '../../src/app/host.ts';
import { payloadConverter } from '../../src/app/payload-converter.ts';
import { openPublishTargets } from '../../src/app/publish-target/targets.ts';
import { stageOptions } from '../../src/app/stage-options.ts';
import { videoStarter } from '../../src/app/video-starter.ts';
import { videoSettings, workerSettings } from '../../src/app/worker-settings.ts';
import type { Stage } from '../../src/domain/stages.ts';
import type { FaultScript } from '../../src/local-youtube/fault.ts';
import { type LocalYouTube, startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import { createActivities } from '../../src/temporal/activities/index.ts';
import type { Activities } from '../../src/temporal/activity-types.ts';
import { workflowBundle } from '../../src/temporal/bundle.ts';
import type { StartVideo, StartWishes } from '../../src/temporal/client/start.ts';
import { type VideoWatch, watchVideos } from '../../src/temporal/client/watch/index.ts';
import { connect, embeddedTarget } from '../../src/temporal/connect.ts';
import { statusQueryName, type VideoStatus } from '../../src/temporal/names.ts';
import { encodes, type ProgramDataConverter } from '../../src/temporal/payloads/data-converter.ts';
import { findServerBinary } from '../../src/temporal/server/binary.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/temporal/server/embedded.ts';
import { installRuntime, type RunningWorker, startWorker } from '../../src/temporal/worker.ts';
import type { PublishTarget } from '../../src/workspace/ledger.ts';
import { openStore, type Store } from '../../src/workspace/store.ts';
import { countCalls } from './count-calls.ts';

/** A real Temporal server, a real local YouTube and a real worker, in a temporary folder and on free ports. */
export interface Rig {
  readonly folder: string;
  readonly hostId: string;
  readonly hostName: string;
  /** At the start. */
  readonly config: Config;
  /** They follow the `settings.json` of the folder. */
  readonly current: CurrentSettings;
  /** The settings of a program that uses this server and this data folder. */
  readonly settings: Readonly<Record<string, string>>;
  readonly server: EmbeddedServer;
  readonly client: Client;
  /** How often `client` has made a given call of the server's API, such as DescribeWorkflowExecution. */
  callsOf(method: string): number;
  readonly videos: VideoWatch;
  readonly store: Store;
  readonly youtube: LocalYouTube;
  worker: RunningWorker;
  /** How the program writes payloads to the server, and reads them. */
  readonly dataConverter: ProgramDataConverter;
  /** @param dataConverter of the new worker; by default, the rig's */
  restartWorker(dataConverter?: ProgramDataConverter): Promise<void>;
  readonly startVideo: StartVideo;
  start(file: string, wishes?: StartWishes): Promise<WorkflowHandle>;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly settings?: Record<string, string>;
  readonly faults?: FaultScript;
  /** Puts a gate around the real activities. */
  readonly around?: (activities: Activities) => Activities;
  /** Path of the bundled workflow code; by default, the project's own. */
  readonly bundle?: string;
}

export const serverBinary = () =>
  findServerBinary({
    configured: process.env.BADMINTON_TEMPORAL_CLI,
    searchPath: process.env.PATH ?? '',
    cacheFolder: cacheFolder(process.env),
    say: (message) => process.stderr.write(`${message}\n`),
  });

let runtimeInstalled = false;

export async function startRig({
  settings: wishes = {},
  faults,
  around = (same) => same,
  bundle: code,
}: RigOptions = {}): Promise<Rig> {
  const folder = mkdtempSync(path.join(tmpdir(), 'badminton-rig-'));
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' }, pino.destination(2));
  if (!runtimeInstalled) installRuntime(log);
  runtimeInstalled = true;
  const server = await startEmbeddedServer({ dataFolder: folder, port: 0, uiPort: 0, binary: serverBinary });
  const youtube = await startLocalYouTube({
    folder: path.join(folder, 'youtube'),
    processingMs: 20,
    ...(faults && { faults }),
  });
  const settings = followSettings({
    folder,
    dotEnv: {},
    environment: {
      BADMINTON_DATA_DIR: folder,
      BADMINTON_YOUTUBE_URL: youtube.url,
      BADMINTON_LOCAL_YOUTUBE_URL: youtube.url,
      BADMINTON_POSE: 'off',
      BADMINTON_RETRY_INTERVAL: '100ms',
      BADMINTON_RETRY_ATTEMPTS: '2',
      BADMINTON_UPLOAD_RETRY_ATTEMPTS: '2',
      BADMINTON_HEARTBEAT_TIMEOUT: '3s',
      BADMINTON_SHUTDOWN_GRACE: '100ms',
      ...wishes,
    },
  });
  const { now } = settings;
  const config = now();
  const store = openStore(folder);
  const host = thisHost(folder);
  const dataConverter = await payloadConverter(config);
  const target = { ...embeddedTarget(server), dataConverter };
  const calls = countCalls();
  const ending = new AbortController();
  const client = await connect(
    { ...target, connection: { ...target.connection, ...{ interceptors: [calls.interceptor] } } },
    undefined,
    ending.signal,
  );
  const parts = {
    store,
    host,
    log,
    youtube: openPublishTargets(now).of,
    stageOptions: (target?: PublishTarget) => stageOptions(now(), target),
    videoSettings: () => videoSettings(now()),
  };
  const work = async (converter = dataConverter) => {
    const form = { encodesFailures: encodes(converter) };
    const bundle = code ?? (await workflowBundle(cacheFolder(process.env), form));
    const ownTarget = { ...target, dataConverter: converter };
    return startWorker(ownTarget, workerSettings(config, host), around(createActivities(parts)), bundle);
  };
  const videos = watchVideos(client, {
    failed: (error) => process.stderr.write(`A subscriber failed: ${error}\n`),
  });
  const startVideo = videoStarter(now, client, store);
  const rig: Rig = {
    folder,
    hostId: host.id,
    hostName: host.name,
    config,
    current: settings,
    settings: {
      BADMINTON_DATA_DIR: folder,
      TEMPORAL_ADDRESS: server.address,
      ...(config.PAYLOAD_KEY_FILE && { BADMINTON_PAYLOAD_KEY_FILE: config.PAYLOAD_KEY_FILE }),
    },
    server,
    client,
    callsOf: calls.of,
    videos,
    store,
    youtube,
    worker: await work(),
    dataConverter,
    async restartWorker(converter) {
      await rig.worker.stop();
      rig.worker = await work(converter);
    },
    startVideo,
    async start(file, wishes) {
      const { videoId } = await startVideo(file, wishes);
      return client.workflow.getHandle(videoId);
    },
    async close() {
      // As the program does: a call that is tried again must not find its connection closed.
      ending.abort();
      await rig.worker.stop();
      await videos.close();
      await client.connection.close();
      await youtube.close();
      await server.stop();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return rig;
}

export const statusOf = (handle: WorkflowHandle): Promise<VideoStatus> => handle.query<VideoStatus>(statusQueryName);

/** Waits until the video is in the stage. @throws Error saying where it is instead, after `seconds` */
export async function untilStage(handle: WorkflowHandle, stage: Stage, seconds = 30): Promise<VideoStatus> {
  return until(handle, (status) => status.stage === stage, `stage ${stage}`, seconds);
}

export async function until(
  handle: WorkflowHandle,
  wanted: (status: VideoStatus) => boolean,
  what: string,
  seconds = 30,
): Promise<VideoStatus> {
  const began = Date.now();
  const deadline = began + seconds * 1000;
  // Each question is work for the server and the worker: what takes long is asked for less often.
  for (; ; await sleep(Math.min(300, 50 + (Date.now() - began) / 10))) {
    const status = await statusOf(handle);
    if (wanted(status)) return status;
    if (Date.now() > deadline) throw new Error(`${what} was not reached: ${JSON.stringify(status)}`);
  }
}

/** The videos on the rig's channel, as its page lists them. */
export async function publishedIds({ youtube }: { youtube: Pick<LocalYouTube, 'url'> }): Promise<string[]> {
  const page = await (await fetch(youtube.url)).text();
  return [...new Set([...page.matchAll(/watch\?v=([\w-]{11})/g)].map(([, id]) => id as string))];
}
