import type { Logger } from 'pino';
import type { WorkerParts } from '../temporal/worker-parts.ts';
import { rehearsedOnly } from '../workspace/ledger.ts';
import { openStore } from '../workspace/store.ts';
import type { Config } from './config.ts';
import { thisHost } from './host.ts';
import { openPublishTargets } from './publish-target/targets.ts';
import { stageOptions } from './stage-options.ts';
import { studioAddresses } from './studio/studio-record.ts';
import { videoSettings } from './worker-settings.ts';

export interface OpenParts extends WorkerParts, AsyncDisposable {
  /** The configuration as it is at the moment. */
  readonly now: () => Config;
  /** Address of the local YouTube, while one is served or used. */
  readonly rehearsalUrl: string | undefined;
}

/**
 * Assembles the parts of this machine, with the local YouTube if that is the publish target, or if it has rehearsals to
 * show.
 * @param now the configuration as it is at that moment
 */
export async function openParts(now: () => Config, log: Logger): Promise<OpenParts> {
  const config = now();
  await using opened = new AsyncDisposableStack();
  // First, so that a data folder from a newer version of the program is refused before anything in it is touched.
  const store = openStore(config.DATA_DIR);
  opened.defer(store.close);
  const targets = openPublishTargets(now);
  opened.defer(() => targets.close());
  if (config.PUBLISH_TARGET === 'local') await targets.of('local');
  else if (rehearsedOnly(store.ledger).length > 0) {
    await targets
      .of('local')
      .catch((error: Error) => log.warn({ reason: error.message }, 'no rehearsal can be watched'));
  }
  const host = thisHost(config.DATA_DIR);
  const running = opened.move();
  return {
    now,
    store,
    youtube: targets.of,
    host,
    log,
    stageOptions: (target) => stageOptions(now(), target),
    stallTimeoutSeconds: () => now().STALL_TIMEOUT,
    videoSettings: () => videoSettings(now()),
    studioAddresses: () => studioAddresses(now().DATA_DIR),
    get rehearsalUrl() {
      return targets.rehearsalUrl;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
