import type { Client } from '@temporalio/client';
import { isRehearsal, otherTarget, type PublishTarget } from '../../domain/publish-target.ts';
import type { AtSwitch } from '../../domain/target-switch.ts';
import { isOnlyForRehearsals } from '../../stages/rehearsal/only-for-rehearsals.ts';
import { isActive } from '../../temporal/client/video-summary.ts';
import { listVideos, type VideoSummary } from '../../temporal/client/videos.ts';
import type { Store } from '../../workspace/store.ts';
import type { Config } from '../config.ts';
import { rehearsedVideos } from '../rehearsed/rehearsed-videos.ts';
import { sampleFolder } from '../studio/own-sample.ts';
import { type Begun, begunOf } from './begun-of.ts';
import type { Channel } from './channel-now.ts';

export interface AtSwitchParts {
  /** Absent: how many videos there are is not known. */
  readonly client?: Client | undefined;
  readonly store: Store;
  readonly host: { readonly id: string };
  readonly config: Pick<Config, 'DATA_DIR'>;
}

/** What there is on this machine when videos are to go to another target. @param channel of the real one */
export async function atSwitch(
  { client, store, host, config }: AtSwitchParts,
  to: PublishTarget,
  channel: Channel | undefined,
): Promise<AtSwitch> {
  const rehearsed = rehearsedVideos(store, config).length;
  const running = client && (await runningHere(client, host.id));
  const places = running
    ?.filter(({ videoPath }) => !videoPath || !isOnlyForRehearsals(videoPath, sampleFolder(config.DATA_DIR)))
    .map((video) => begunOf(store, video));
  const count = (is: (place: Begun) => boolean) => places?.filter(is).length ?? 0;
  return {
    to,
    rehearsed,
    ...(channel && !isRehearsal(to) && { channel: channel.title }),
    ...(places && {
      open: count((place) => place === 'nowhere'),
      // What has begun where videos will go is finished there like the others.
      begun: count((place) => place === otherTarget(to)),
      unclear: count((place) => place === 'unclear'),
    }),
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
