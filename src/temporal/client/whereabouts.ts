import type { Store } from '../../workspace/store.ts';
import type { Host } from '../worker-parts.ts';
import type { VideoSummary } from './video-summary.ts';

/** Where a video's recording is, as seen from one machine; `unknown` until a machine has said that it has it. */
export type Whereabouts = 'here' | 'elsewhere' | 'unknown';

/** Names are not compared: machines are renamed, and two may share one. */
export function whereaboutsOf(
  { videoId, hostId, hostName }: Pick<VideoSummary, 'videoId' | 'hostId' | 'hostName'>,
  host: Pick<Host, 'id'>,
  { claims }: Pick<Store, 'claims'>,
): Whereabouts {
  if (hostId !== undefined) return hostId === host.id ? 'here' : 'elsewhere';
  if (hostName === undefined) return 'unknown';
  // Of a run from before the memo held the machine's id; it has left a claim where it was prepared.
  return claims.hasAny(videoId) ? 'here' : 'elsewhere';
}

/** What a video's machine is called: this one by its present name, another by the one that it last gave. */
export function hostNameOf({ hostId, hostName }: Pick<VideoSummary, 'hostId' | 'hostName'>, host: Host) {
  return hostId === host.id ? host.name : hostName;
}
