import { isRehearsal } from '../../workspace/ledger.ts';
import { createYouTube, type YouTubeOptions } from '../../youtube/channel.ts';
import { type BandwidthLimit, createBandwidthLimit } from '../../youtube/resumable/index.ts';
import type { YouTube } from '../../youtube/youtube.ts';
import type { Config } from '../config.ts';
import { rootOf } from './addresses.ts';
import { publishAuth, signInPlace } from './sign-in.ts';

/**
 * Creates the YouTube, real or local, that videos are published to.
 * @param now the configuration as it is at that moment: limits and sizes may change while it is used
 */
export const createPublishTarget = (
  now: () => Config,
  target = now().PUBLISH_TARGET,
  localUrl?: string,
  limit?: BandwidthLimit,
): YouTube => createYouTube(publishOptions(now, target, localUrl, limit));

/** Whatever changes at once is read anew with each use. */
export function publishOptions(
  now: () => Config,
  target = now().PUBLISH_TARGET,
  localUrl = rootOf(now(), 'local'),
  limit = currentLimit(now),
) {
  const config = now();
  return {
    rootUrl: signInPlace(config, isRehearsal(target), localUrl).rootUrl,
    auth: publishAuth(config, target, localUrl),
    limit,
    get chunkBytes() {
      return now().UPLOAD_CHUNK_MIB * 1024 * 1024;
    },
    get largestThumbnailBytes() {
      return now().THUMBNAIL_MAX_MB * 1_000_000;
    },
  } satisfies YouTubeOptions;
}

/** The limit as it is set at the moment, for uploads that are under way too. */
export function currentLimit(now: () => Config): BandwidthLimit {
  let limit: BandwidthLimit | undefined;
  let madeOf: string | undefined;
  const current = () => {
    const { UPLOAD_LIMIT, UPLOAD_LIMIT_HOURS, TIME_ZONE } = now();
    const wanted = JSON.stringify([UPLOAD_LIMIT, UPLOAD_LIMIT_HOURS, TIME_ZONE]);
    if (wanted !== madeOf) {
      // Another setting must not make it anew: it knows what has been sent.
      madeOf = wanted;
      limit = uploadLimit(now());
    }
    return limit;
  };
  return {
    portionBytes: () => current()?.portionBytes() ?? Number.POSITIVE_INFINITY,
    take: async (bytes, signal) => current()?.take(bytes, signal),
  };
}

function uploadLimit(config: Config): BandwidthLimit | undefined {
  const { UPLOAD_LIMIT: bytesPerSecond, UPLOAD_LIMIT_HOURS: hours, TIME_ZONE: timeZone } = config;
  return bytesPerSecond === undefined ? undefined : createBandwidthLimit({ bytesPerSecond, hours, timeZone });
}
