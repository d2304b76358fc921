import { setTimeout as sleep } from 'node:timers/promises';
import { isActive, type VideoSummary } from '../temporal/client/video-summary.ts';
import type { VideoWatch } from '../temporal/client/watch/index.ts';
import { mostTries, type ToldNotices } from '../workspace/told.ts';
import { deliverWithin, type NoticeChannel } from './channels.ts';
import { noticeKey, noticeOf } from './notice.ts';

export interface NotifierOptions {
  readonly videos: VideoWatch;
  readonly told: ToldNotices;
  /** Asked for each round: people may be told elsewhere from now on. */
  readonly channels: () => readonly NoticeChannel[];
  /** Asked for each notice: the address may change, or another program may serve the studio. */
  readonly studioUrl: () => Promise<string>;
  /** Whether a video belongs to another machine, which sends its own notices. */
  readonly isElsewhere: (video: VideoSummary) => boolean;
  readonly say: (message: string) => void;
  /** How often to check for notices to deliver or retry, in milliseconds. */
  readonly deliverEvery?: number;
}

/** Sends one notice each time a video of this machine starts to wait for a person or needs attention. */
export function startNotifier(options: NotifierOptions): { stop(): Promise<void> } {
  const { videos, told, channels, studioUrl, isElsewhere, say, deliverEvery = 3000 } = options;
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
  const deliver = async (video: VideoSummary, channel: NoticeChannel) => {
    const { name } = channel;
    const key = noticeKey(video);
    if (key === undefined || !told.take(key, name)) return;
    const notice = noticeOf(video, key, await studioUrl());
    try {
      await channel.deliver(notice, AbortSignal.any([ending.signal, AbortSignal.timeout(deliverWithin)]));
      told.delivered(notice.key, name);
    } catch (error) {
      const tries = told.failed(notice.key, name);
      // A delivery that is cut short because the program ends has not failed.
      if (ending.signal.aborted) return;
      const why = `The ${name} for notices failed: ${(error as Error).message}.`;
      const current = own.get(video.videoId);
      const isStillSo = current !== undefined && noticeKey(current) === key;
      if (tries === 1)
        say(isStillSo ? `${why} It will be tried again, at most ${mostTries - 1} times, while it is still true.` : why);
      if (tries === mostTries) say(`${why} Giving up on this notice: ${notice.text}`);
    }
  };
  const deliverAll = async () => {
    for (const videoId of [...own.keys()]) {
      for (const channel of channels()) {
        // While one notice is being delivered, the next may become outdated.
        const video = own.get(videoId);
        if (video && !ending.signal.aborted) await deliver(video, channel);
      }
    }
  };
  const run = async () => {
    while (!ending.signal.aborted) {
      // If the database stays locked, the next round tries again.
      await deliverAll().catch(() => undefined);
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
