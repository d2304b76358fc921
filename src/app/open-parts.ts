import type { Logger } from 'pino';
import type { WorkerParts } from '../temporal/worker-parts.ts';
import { openStore } from '../workspace/store.ts';
import type { Config } from './config.ts';
import { thisHost } from './host.ts';
import { createPublishTarget } from './publish-target/create.ts';
import { serveRehearsal } from './publish-target/rehearsal.ts';
import { stageOptions } from './stage-options.ts';
import { videoSettings } from './worker-settings.ts';

export interface OpenParts extends WorkerParts {
  readonly config: Config;
  /** Address of the local YouTube, where one is served or used. */
  readonly rehearsalUrl?: string;
  close(): Promise<void>;
}

/** Puts the parts of this machine together, with the local YouTube where that is the publish target. */
export async function openParts(config: Config, log: Logger): Promise<OpenParts> {
  const rehearsal = await serveRehearsal(config);
  const store = openStore(config.DATA_DIR);
  return {
    config,
    store,
    youtube: createPublishTarget(config, rehearsal?.url),
    host: thisHost(config.DATA_DIR),
    log,
    stageOptions: stageOptions(config),
    videoSettings: videoSettings(config),
    ...(rehearsal && { rehearsalUrl: rehearsal.url }),
    async close() {
      store.close();
      await rehearsal?.close();
    },
  };
}
