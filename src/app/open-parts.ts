import type { Logger } from 'pino';
import type { WorkerParts } from '../temporal/worker-parts.ts';
import { openStore } from '../workspace/store.ts';
import { Closers } from './closers.ts';
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
  const closers = new Closers();
  return closers.guard(async () => {
    // First: a data folder of a newer version of the program is refused before anything in it is touched.
    const store = openStore(config.DATA_DIR);
    closers.add(store.close);
    const rehearsal = await serveRehearsal(config);
    if (rehearsal) closers.add(rehearsal.close);
    return {
      config,
      store,
      youtube: createPublishTarget(config, rehearsal?.url),
      host: thisHost(config.DATA_DIR),
      log,
      stageOptions: stageOptions(config),
      videoSettings: videoSettings(config),
      ...(rehearsal && { rehearsalUrl: rehearsal.url }),
      close: closers.close,
    };
  });
}
