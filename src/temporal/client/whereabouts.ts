import type { Store } from '../../workspace/store.ts';
import type { Host } from '../worker-parts.ts';
import type { VideoSummary } from './video-summary.ts';

/** Where a video's recording is, seen from one host; `unknown` until a host has accepted it. */
export type Whereabouts = 'here' | 'elsewhere' | 'unknown';

/** Compares ids, not names: hosts are renamed, and two may share a name. */
export function whereaboutsOf(
  { videoId, hostId, hostName }: Pick<VideoSummary, 'videoId' | 'hostId' | 'hostName'>,
  host: Pick<Host, 'id'>,
  { claims }: Pick<Store, 'claims'>,
): Whereabouts {
  if (hostId !== undefined) return hostId === host.id ? 'here' : 'elsewhere';
  if (hostName === undefined) return 'unknown';
  // A run from before the memo held the host's id; it left a claim where it was prepared.
  return claims.hasAny(videoId) ? 'here' : 'elsewhere';
}

/** The name of a video's host: the current one for this host, the last reported one for any other. */
export function hostNameOf({ hostId, hostName }: Pick<VideoSummary, 'hostId' | 'hostName'>, host: Host) {
  return hostId === host.id ? host.name : hostName;
}
