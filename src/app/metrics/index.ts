import type { Client } from '@temporalio/client';
import type { MetricMeter } from '@temporalio/common';
import type { Logger } from 'pino';
import type { VideoWatch } from '../../temporal/client/watch/index.ts';
import type { OpenParts } from '../open-parts.ts';
import type { ListenAddress } from '../settings/kinds.ts';
import { measureLevels } from './level-metrics.ts';
import { serveMetrics } from './serve-metrics.ts';
import { measureVideos } from './video-metrics.ts';

export interface MetricsOptions {
  readonly address: ListenAddress;
  /** Where the SDK serves what its meter has measured. */
  readonly sdk: ListenAddress;
  readonly meter: MetricMeter;
  readonly parts: OpenParts;
  readonly client: Client;
  readonly videos: VideoWatch;
  readonly log: Logger;
}

/** Measures this machine, and serves the metrics until it is disposed of. @throws UsageError when it cannot listen */
export async function startMetrics(options: MetricsOptions): Promise<AsyncDisposable> {
  const { address, sdk, meter, parts, client, videos, log } = options;
  const { now, store, host } = parts;
  const levels = measureLevels(meter, now, store);
  const measured = measureVideos({ meter, videos, client, hostId: host.id, log });
  const refresh = async () => {
    measured.refresh();
    await levels.refresh();
  };
  const served = await serveMetrics(address, sdk, refresh).catch((error) => {
    measured.end();
    throw error;
  });
  log.info({ url: served.url }, 'metrics are served');
  return {
    async [Symbol.asyncDispose]() {
      measured.end();
      await served.close();
    },
  };
}
