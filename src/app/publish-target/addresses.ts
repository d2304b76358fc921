import type { PublishTarget } from '../../workspace/ledger.ts';
import type { Config } from '../config.ts';

const google = 'https://youtube.googleapis.com/';

/**
 * Root of the API of each target. Without an address of its own for the local YouTube, `YOUTUBE_URL` is that of the
 * target which is set.
 */
export function rootOf(config: Config, target: PublishTarget): string {
  const { LOCAL_YOUTUBE_URL, YOUTUBE_URL, PUBLISH_TARGET } = config;
  const isOfBoth = LOCAL_YOUTUBE_URL !== undefined || PUBLISH_TARGET === target;
  if (target === 'youtube') return (isOfBoth ? YOUTUBE_URL : undefined) ?? google;
  return LOCAL_YOUTUBE_URL ?? (isOfBoth ? YOUTUBE_URL : undefined) ?? servedAddress(config);
}

/** Whether the local YouTube is one of ours, which is served where it is needed. */
export const isServedHere = (config: Config): boolean => rootOf(config, 'local') === servedAddress(config);

/** Why videos cannot go to the other target than now: they would meet the same server. */
export function oneServerForBoth({ LOCAL_YOUTUBE_URL, YOUTUBE_URL }: Config): string | undefined {
  if (YOUTUBE_URL === undefined || (LOCAL_YOUTUBE_URL !== undefined && LOCAL_YOUTUBE_URL !== YOUTUBE_URL))
    return undefined;
  return 'BADMINTON_YOUTUBE_URL would be the address of both the rehearsals and the real YouTube: set BADMINTON_LOCAL_YOUTUBE_URL to another one';
}

const servedAddress = ({ LOCAL_YOUTUBE_PORT }: Config) => `http://127.0.0.1:${LOCAL_YOUTUBE_PORT}/`;
