import type { Client } from '@temporalio/client';
import { type RunningStudio, type StudioSettings, startStudio } from '../../studio/index.ts';
import type { StartVideo } from '../../temporal/client/start.ts';
import type { VideoWatch } from '../../temporal/client/watch/index.ts';
import type { TemporalTarget } from '../../temporal/connect.ts';
import type { Store } from '../../workspace/store.ts';
import type { CurrentSettings } from '../current-settings.ts';
import { thisHost } from '../host.ts';
import { stageOptions } from '../stage-options.ts';
import { revisionSettings } from '../worker-settings.ts';
import { firstStartDesk } from './first-start-desk.ts';
import { publishingDesk } from './publishing-desk.ts';
import { settingsDesk } from './settings-desk.ts';
import { signInDesk } from './sign-in-desk.ts';
import { announceStudio } from './studio-record.ts';

export interface ServeStudioOptions {
  readonly settings: CurrentSettings;
  readonly client: Client;
  readonly videos: VideoWatch;
  readonly store: Store;
  readonly startVideo: StartVideo;
  readonly target: Pick<TemporalTarget, 'uiUrl' | 'namespace'>;
  /** Whether other devices on the network may use it once they are paired. */
  readonly onNetwork: boolean;
  readonly say: (message: string) => void;
  /** What is said is kept in a log, where a link that pairs a device has no place. */
  readonly isLogged?: boolean;
}

/** The studio's settings from the configuration. */
export const studioSettings = ({
  settings,
  client,
  videos,
  store,
  startVideo,
  target,
}: Omit<ServeStudioOptions, 'onNetwork' | 'say' | 'isLogged'>): StudioSettings => {
  const { now } = settings;
  const { MACHINES_KEY, MACHINES_PORT, TASK_QUEUE } = now();
  return {
    client,
    videos,
    store,
    startVideo,
    host: thisHost(now().DATA_DIR),
    target: () => now().PUBLISH_TARGET,
    dataFolder: now().DATA_DIR,
    inputFolder: now().INPUT_DIR,
    enhance: () => stageOptions(now()).enhance,
    metadata: () => stageOptions(now()).metadata,
    timeZone: () => now().TIME_ZONE,
    revisions: { taskQueue: TASK_QUEUE, settings: () => revisionSettings(now()) },
    temporalUrl: target.uiUrl,
    namespace: target.namespace,
    settings: settingsDesk(settings),
    signIn: signInDesk(settings),
    firstStart: firstStartDesk(settings, store),
    publishing: publishingDesk({ settings, client, store, startVideo }),
    ...(MACHINES_KEY && { machines: { key: MACHINES_KEY, port: MACHINES_PORT, taskQueue: TASK_QUEUE } }),
  };
};

/** Serves the studio for this machine's folders; `npx badminton select` finds it while it runs. */
export async function serveStudio({
  onNetwork,
  say,
  isLogged,
  ...settings
}: ServeStudioOptions): Promise<RunningStudio> {
  const config = settings.settings.now();
  const studio = await startStudio(studioSettings(settings), {
    port: config.STUDIO_PORT,
    onNetwork,
    onPairingLink: (link) =>
      say(`A device was paired. To pair another: ${isLogged ? 'npx badminton studio --host' : link}`),
    onError: (error) => say(`The studio failed to answer a request: ${(error as Error).stack ?? error}`),
  });
  const { pairingProblem } = studio;
  if (pairingProblem) say(`No other device can use the studio. ${pairingProblem.message}\n${pairingProblem.action}`);
  const forget = announceStudio(config.DATA_DIR, studio);
  return {
    ...studio,
    async close() {
      forget();
      await studio.close();
    },
  };
}
