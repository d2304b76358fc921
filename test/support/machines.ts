import path from 'node:path';
import pino from 'pino';
import { cacheFolder } from '../../src/app/cache-folder.ts';
import { followSettings } from '../../src/app/current-settings.ts';
import { thisHost } from '../../src/app/host.ts';
import { openPublishTargets } from '../../src/app/publish-target/targets.ts';
import { stageOptions } from '../../src/app/stage-options.ts';
import { studioSettings } from '../../src/app/studio/serve-studio.ts';
import { videoStarter } from '../../src/app/video-starter.ts';
import { videoSettings, workerSettings } from '../../src/app/worker-settings.ts';
import { type RunningStudio, startStudio } from '../../src/studio/index.ts';
import { createActivities } from '../../src/temporal/activities/index.ts';
import type { Activities } from '../../src/temporal/activity-types.ts';
import { workflowBundle } from '../../src/temporal/bundle.ts';
import type { StartVideo } from '../../src/temporal/client/start.ts';
import { embeddedTarget } from '../../src/temporal/connect.ts';
import { type RunningWorker, startWorker } from '../../src/temporal/worker.ts';
import type { Host } from '../../src/temporal/worker-parts.ts';
import { openStore } from '../../src/workspace/store.ts';
import type { Rig } from './rig.ts';

/** Another machine of the club: a worker with a data folder and a disk of its own, on the rig's server. */
export interface TestMachine extends AsyncDisposable {
  readonly host: Host;
  readonly activities: Activities;
  /** Where its own recordings are. */
  readonly disk: string;
  /** Off, until it starts again. */
  stop(): Promise<void>;
  start(): Promise<void>;
  readonly startVideo: StartVideo;
  /** Serves its studio, which answers machines with that key; what was served before ends. */
  serveStudio(key?: string): Promise<RunningStudio>;
  /** Says that its studio answers at that port of this machine, whatever is there. */
  claimStudio(port: number | undefined): void;
}

export interface MachineOptions {
  /** Folders that it has besides its own disk. */
  readonly shares?: readonly string[];
  /** Puts a gate around its real activities. */
  readonly around?: (activities: Activities) => Activities;
}

export async function startMachine(
  rig: Rig,
  name: string,
  { shares = [], around = (same) => same }: MachineOptions = {},
): Promise<TestMachine> {
  const folder = path.join(rig.folder, 'machines', name);
  const disk = path.join(folder, 'recordings');
  const settings = (more: Record<string, string> = {}) =>
    followSettings({
      environment: {
        BADMINTON_DATA_DIR: folder,
        BADMINTON_YOUTUBE_URL: rig.youtube.url,
        BADMINTON_POSE: 'off',
        ...more,
      },
      dotEnv: {},
      folder,
    });
  const config = settings().now();
  const store = openStore(folder);
  const host = { id: thisHost(folder).id, name };
  let studio: RunningStudio | undefined;
  let claimed: number | undefined;
  const { client, videos } = rig;
  const startVideo = videoStarter(() => config, client, store);
  const activities = seesOnly(
    [disk, ...shares],
    createActivities({
      store,
      host,
      log: pino({ level: 'silent' }),
      youtube: openPublishTargets(() => config).of,
      stageOptions: (target) => stageOptions(config, target),
      videoSettings: () => videoSettings(config),
      studioAddresses: () => [claimed ?? studio?.machinesPort].flatMap((port) => (port ? [`127.0.0.1:${port}`] : [])),
    }),
  );
  const queues = { ...workerSettings(config, host), shutdownGraceSeconds: 0.1 };
  const bundle = await workflowBundle(cacheFolder(process.env));
  const work = () => startWorker(embeddedTarget(rig.server), queues, around(activities), bundle);
  let worker: RunningWorker | undefined = await work();
  const machine: TestMachine = {
    host,
    activities,
    disk,
    async stop() {
      await worker?.stop();
      worker = undefined;
    },
    async start() {
      worker = await work();
    },
    startVideo,
    claimStudio(port) {
      claimed = port;
    },
    async serveStudio(key) {
      await studio?.close();
      const given = studioSettings({
        settings: settings(key ? { BADMINTON_MACHINES_KEY: key, BADMINTON_MACHINES_PORT: '0' } : {}),
        client,
        videos,
        store,
        startVideo,
        target: embeddedTarget(rig.server),
      });
      studio = await startStudio(
        { ...given, host },
        { port: 0, onNetwork: false, onError: (error) => console.error(error) },
      );
      return studio;
    },
    async [Symbol.asyncDispose]() {
      await studio?.close();
      await machine.stop();
      store.close();
    },
  };
  return machine;
}

/** All machines of a test run on one; to the question whether a file is there, each answers for its own disk. */
export function seesOnly(folders: readonly string[], activities: Activities): Activities {
  const isMine = (file: string) => folders.some((folder) => file.startsWith(`${folder}${path.sep}`));
  return {
    ...activities,
    acceptVideoActivity: (file) => activities.acceptVideoActivity(isMine(file) ? file : path.join(file, 'not-here')),
  };
}
