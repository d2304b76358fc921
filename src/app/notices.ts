import { command, type NoticeChannel, webhook } from '../notify/channels.ts';
import { startNotifier } from '../notify/notifier.ts';
import type { VideoSummary } from '../temporal/client/videos.ts';
import type { VideoWatch } from '../temporal/client/watch/index.ts';
import { whereaboutsOf } from '../temporal/client/whereabouts.ts';
import type { Store } from '../workspace/store.ts';
import type { Config } from './config.ts';
import { thisHost } from './host.ts';

/** Notifies people of what is waiting for them, through the channels in the settings. */
export function sendNotices(
  now: () => Config,
  videos: VideoWatch,
  store: Store,
  studioUrl: () => Promise<string>,
  say: (message: string) => void,
) {
  const host = thisHost(now().DATA_DIR);
  const isElsewhere = (video: VideoSummary) => whereaboutsOf(video, host, store) === 'elsewhere';
  return startNotifier({
    videos,
    told: store.told,
    channels: () => noticeChannels(now()),
    studioUrl,
    isElsewhere,
    say,
  });
}

/** Whom to tell, as it is set at the moment. */
export const noticeChannels = (config: Config): NoticeChannel[] => [
  ...(config.NOTIFY_WEBHOOK ? [webhook(config.NOTIFY_WEBHOOK, { mayBeLocal: config.webhookMayBeLocal })] : []),
  ...(config.NOTIFY_COMMAND ? [command(config.NOTIFY_COMMAND)] : []),
];
