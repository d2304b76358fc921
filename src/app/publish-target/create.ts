import { createYouTube } from '../../youtube/channel.ts';
import { type BandwidthLimit, createBandwidthLimit } from '../../youtube/resumable/index.ts';
import type { YouTube } from '../../youtube/youtube.ts';
import type { Config } from '../config.ts';
import { rehearsalUrl } from './rehearsal.ts';
import { publishAuth, signInPlace } from './sign-in.ts';

/** Creates the YouTube, real or local, that videos are published to. */
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
