import type { Client } from '@temporalio/client';
import { startRecording } from '../intake/start-recording.ts';
import { createVideoStarter, type StartVideo } from '../temporal/client/start.ts';
import type { Store } from '../workspace/store.ts';
import type { Config } from './config.ts';
import { thisHost } from './host.ts';

/** How this machine starts videos, for commands, the input folder and the studio alike. */
export const videoStarter = (now: () => Config, client: Client, store: Store): StartVideo =>
  startRecording(
    createVideoStarter({
      client,
      store,
      host: thisHost(now().DATA_DIR),
      taskQueue: now().TASK_QUEUE,
      target: () => now().PUBLISH_TARGET,
    }),
  );
