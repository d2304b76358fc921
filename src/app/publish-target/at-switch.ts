import type { Client } from '@temporalio/client';
import { isRehearsal, type PublishTarget } from '../../domain/publish-target.ts';
import type { AtSwitch } from '../../domain/target-switch.ts';
import { begunOn } from '../../stages/upload/destination.ts';
import { isActive } from '../../temporal/client/video-summary.ts';
import { listVideos, type VideoSummary } from '../../temporal/client/videos.ts';
import { rehearsedOnly } from '../../workspace/ledger.ts';
import type { Store } from '../../workspace/store.ts';
import { openReadOnly } from '../../workspace/workspace.ts';
import type { Channel } from './channel-now.ts';

export interface AtSwitchParts {
  /** Absent: how many videos there are is not known. */
  readonly client?: Client | undefined;
  readonly store: Store;
  readonly host: { readonly id: string };
}

/** What there is on this machine when videos are to go to another target. @param channel of the real one */
export async function atSwitch(
  { client, store, host }: AtSwitchParts,
  to: PublishTarget,
  channel: Channel | undefined,
): Promise<AtSwitch> {
  const rehearsed = rehearsedOnly(store.ledger).length;
  const running = client && (await runningHere(client, host.id));
  const begun = running?.filter((video) => begunOf(store, video) !== undefined);
  // What has begun where videos will go is finished there like the others.
  const staying = begun?.filter((video) => begunOf(store, video) !== to);
  return {
    to,
    rehearsed,
    ...(channel && !isRehearsal(to) && { channel: channel.title }),
    ...(running && begun && staying && { open: running.length - begun.length, begun: staying.length }),
  };
}

/** Undefined while Temporal does not answer. */
async function runningHere(client: Client, hostId: string): Promise<VideoSummary[] | undefined> {
  try {
    const running = await listVideos(client, { running: true });
    return running.filter((video) => isActive(video) && video.hostId === hostId);
  } catch {
    return undefined;
  }
}

function begunOf(store: Store, { videoId, contentId = videoId, firstRunId }: VideoSummary): PublishTarget | undefined {
  const workspace = openReadOnly(store.workspaceRoot, contentId);
  return workspace && begunOn(workspace, firstRunId, store);
}
