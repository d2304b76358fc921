import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { command, type NoticeChannel, webhook } from '../notify/channels.ts';
import type { Picture } from '../notify/message.ts';
import { startNotifier } from '../notify/notifier.ts';
import { candidatesFolder, rankingRecord } from '../stages/records.ts';
import type { VideoSummary } from '../temporal/client/videos.ts';
import type { VideoWatch } from '../temporal/client/watch/index.ts';
import { whereaboutsOf } from '../temporal/client/whereabouts.ts';
import type { Store } from '../workspace/store.ts';
import { openReadOnly } from '../workspace/workspace.ts';
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
    pictureOf: (video) => bestFrame(store, video),
    isElsewhere,
    say,
  });
}

/** Bytes that every service takes (ntfy.sh takes the fewest). */
const mostOfPicture = 2_000_000;

/** The picture of the best frame, as it was ranked. */
async function bestFrame({ workspaceRoot }: Store, { contentId }: VideoSummary): Promise<Picture | undefined> {
  const workspace = contentId === undefined ? undefined : openReadOnly(workspaceRoot, contentId);
  const best = workspace?.read(rankingRecord)?.candidates[0];
  if (!workspace || !best) return undefined;
  // Without it the words are told all the same.
  const bytes = await readFile(workspace.path(candidatesFolder, path.basename(best.frame))).catch(() => undefined);
  return bytes && bytes.byteLength <= mostOfPicture ? { name: 'frame.jpg', bytes: new Uint8Array(bytes) } : undefined;
}

/** Whom to tell, as it is set at the moment. */
export const noticeChannels = (config: Config): NoticeChannel[] => [
  ...(config.NOTIFY_WEBHOOK
    ? [webhook(config.NOTIFY_WEBHOOK, { mayBeLocal: config.webhookMayBeLocal, kind: config.NOTIFY_KIND })]
    : []),
  ...(config.NOTIFY_COMMAND ? [command(config.NOTIFY_COMMAND)] : []),
];
