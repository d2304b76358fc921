import type { Logger } from 'pino';
import type { WorkerParts } from '../temporal/worker-parts.ts';
import { openStore } from '../workspace/store.ts';
import type { Config } from './config.ts';
import { thisHost } from './host.ts';
import { createPublishTarget } from './publish-target/create.ts';
import { serveRehearsal } from './publish-target/rehearsal.ts';
import { stageOptions } from './stage-options.ts';
import { studioAddresses } from './studio/studio-record.ts';
import { videoSettings } from './worker-settings.ts';

export interface OpenParts extends WorkerParts, AsyncDisposable {
  /** The configuration as it is at the moment. */
  readonly now: () => Config;
  /** Address of the local YouTube, if one is served or used. */
  readonly rehearsalUrl?: string;
}

/**
 * Assembles the parts of this machine, with the local YouTube if that is the publish target.
 * @param now the configuration as it is at that moment
 */
export async function openParts(now: () => Config, log: Logger): Promise<OpenParts> {
  const config = now();
  await using opened = new AsyncDisposableStack();
  // First, so that a data folder from a newer version of the program is refused before anything in it is touched.
  const store = openStore(config.DATA_DIR);
  opened.defer(store.close);
  const rehearsal = await serveRehearsal(config);
  opened.defer(() => rehearsal?.close());
  const youtube = createPublishTarget(now, rehearsal?.url);
  const host = thisHost(config.DATA_DIR);
  const running = opened.move();
  return {
    now,
    store,
    youtube,
    host,
    log,
    stageOptions: () => stageOptions(now()),
    stallTimeoutSeconds: () => now().STALL_TIMEOUT,
    videoSettings: () => videoSettings(now()),
    studioAddresses: () => studioAddresses(now().DATA_DIR),
    ...(rehearsal && { rehearsalUrl: rehearsal.url }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
