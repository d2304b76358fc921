import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { thisHost } from './host.ts';
import { rehearsalUrl, serveRehearsal } from './rehearsal.ts';
import { publishAuth, signInPlace } from './sign-in.ts';
import type { Parts } from './temporal/parts.ts';
import { openStore } from './workspace/store.ts';
import { createYouTube } from './youtube/channel.ts';
import { type BandwidthLimit, createBandwidthLimit } from './youtube/resumable/index.ts';
import type { YouTube } from './youtube/youtube.ts';

export interface OpenParts extends Parts {
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
    ...(rehearsal && { rehearsalUrl: rehearsal.url }),
    async close() {
      store.close();
      await rehearsal?.close();
    },
  };
}

/** Where videos are published to. */
export function createPublishTarget(config: Config, localUrl = rehearsalUrl(config)): YouTube {
  const { rootUrl } = signInPlace(config, config.PUBLISH_TARGET === 'local', localUrl);
  return createYouTube({
    rootUrl,
    auth: publishAuth(config, localUrl),
    chunkBytes: config.UPLOAD_CHUNK_MIB * 1024 * 1024,
    limit: uploadLimit(config),
    largestThumbnailBytes: config.THUMBNAIL_MAX_MB * 1_000_000,
  });
}

function uploadLimit(config: Config): BandwidthLimit | undefined {
  const { UPLOAD_LIMIT: bytesPerSecond, UPLOAD_LIMIT_HOURS: hours, TIME_ZONE: timeZone } = config;
  return bytesPerSecond === undefined ? undefined : createBandwidthLimit({ bytesPerSecond, hours, timeZone });
}
