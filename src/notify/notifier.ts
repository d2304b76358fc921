import { setTimeout as sleep } from 'node:timers/promises';
import { isActive, type VideoSummary } from '../temporal/client/video-summary.ts';
import type { VideoWatch } from '../temporal/client/watch/index.ts';
import { mostTries, type ToldNotices } from '../workspace/told.ts';
import { deliverWithin, type NoticeChannel } from './channels.ts';
import { messageOf, type Picture } from './message.ts';
import { type Notice, noticeKey, noticeOf } from './notice.ts';

export interface NotifierOptions {
  readonly videos: VideoWatch;
  readonly told: ToldNotices;
  /** Asked for each round: people may be told elsewhere from now on. */
  readonly channels: () => readonly NoticeChannel[];
  /** Asked for each round: the address may change, or another program may serve the studio. */
  readonly studioUrl: () => Promise<string>;
  /** The best frame of a video that waits; undefined if there is none. */
  readonly pictureOf?: (video: VideoSummary) => Promise<Picture | undefined>;
  /** Whether a video belongs to another machine, which sends its own notices. */
  readonly isElsewhere: (video: VideoSummary) => boolean;
  readonly say: (message: string) => void;
  /** How often to check for notices to deliver or retry, in milliseconds. */
  readonly deliverEvery?: number;
  /** How long the first notice of a burst waits for the others, in milliseconds. */
  readonly gatherFor?: number;
}

/** Tells people once each time a video of this machine starts to wait for a person or needs attention. */
export function startNotifier(options: NotifierOptions): { stop(): Promise<void> } {
  const { videos, channels, isElsewhere, deliverEvery = 3000 } = options;
  const ending = new AbortController();
  const own = new Map<string, VideoSummary>();

  const subscription = videos.subscribe({
    scope: 'running',
    changed({ changed, gone }) {
      for (const video of changed) {
        if (isActive(video) && !isElsewhere(video)) own.set(video.videoId, video);
        else own.delete(video.videoId);
      }
      for (const { videoId } of gone) own.delete(videoId);
    },
    // An unreachable server is reported elsewhere; its videos are still there when it is back.
    trouble: () => undefined,
  });
  const deliver = deliveries(options, own, ending.signal);
  const run = async () => {
    while (!ending.signal.aborted) {
      // If the database stays locked, the next round tries again.
      for (const channel of channels()) await deliver(channel).catch(() => undefined);
      await sleep(deliverEvery, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    async stop() {
      subscription.end();
      ending.abort();
      await running;
    },
  };
}

interface Due {
  readonly key: string;
  readonly video: VideoSummary;
}

/** Delivers through a channel what is due. @param own the videos of this machine, as they are at each moment */
function deliveries(options: NotifierOptions, own: ReadonlyMap<string, VideoSummary>, ended: AbortSignal) {
  const { told, studioUrl, pictureOf, say, gatherFor = 10_000 } = options;
  /** When each notice was first seen to be due. */
  let since = new Map<string, number>();

  const keyOf = ({ videoId }: VideoSummary) => {
    const video = own.get(videoId);
    return video && noticeKey(video);
  };
  const due = (name: string): Due[] => {
    const found = new Map<string, Due>();
    for (const video of own.values()) {
      const key = noticeKey(video);
      // Videos that need attention for the same cause share one notice.
      if (key !== undefined && !found.has(key) && !told.isSettled(key, name)) found.set(key, { key, video });
    }
    return [...found.values()];
  };
  const isTime = (all: readonly Due[]) => {
    const now = performance.now();
    since = new Map(all.map(({ key }) => [key, since.get(key) ?? now]));
    return [...since.values()].some((first) => now - first >= gatherFor);
  };
  const failed = (channel: NoticeChannel, { key, video }: Due, notice: Notice, error: unknown) => {
    const tries = told.failed(key, channel.name);
    // A delivery that is cut short because the program ends has not failed.
    if (ended.aborted) return;
    const why = `The ${channel.name} for notices failed: ${(error as Error).message}.`;
    const isStillSo = keyOf(video) === key;
    if (tries === 1)
      say(isStillSo ? `${why} It will be tried again, at most ${mostTries - 1} times, while it is still true.` : why);
    if (tries === mostTries) say(`${why} Giving up on this notice: ${notice.text}`);
  };
  const deliverTogether = async (channel: NoticeChannel, all: readonly Due[]) => {
    const { name } = channel;
    // While one notice is being delivered, the next may become outdated.
    const [first, ...rest] = all.filter(({ key, video }) => keyOf(video) === key && told.take(key, name));
    if (!first || ended.aborted) return;
    const url = await studioUrl();
    const noticed = ({ key, video }: Due) => noticeOf(video, key, url);
    const notices = [noticed(first), ...rest.map(noticed)] as const;
    const picture = rest.length === 0 && notices[0].kind === 'waiting' ? await pictureOf?.(first.video) : undefined;
    try {
      const limit = AbortSignal.any([ended, AbortSignal.timeout(deliverWithin)]);
      await channel.deliver(messageOf(notices, url, picture), limit);
      for (const { key } of [first, ...rest]) told.delivered(key, name);
    } catch (error) {
      for (const [index, one] of [first, ...rest].entries()) failed(channel, one, notices[index] as Notice, error);
    }
  };
  return async (channel: NoticeChannel) => {
    const all = due(channel.name);
    if (!channel.takesMany) for (const one of all) await deliverTogether(channel, [one]);
    else if (isTime(all)) await deliverTogether(channel, all);
  };
}
