import { setTimeout as sleep } from 'node:timers/promises';
import { isActive, type VideoSummary } from '../temporal/client/video-summary.ts';
import type { VideoWatch } from '../temporal/client/watch/index.ts';
import { mostTries, type ToldNotices } from '../workspace/told.ts';
import { deliverWithin, type NoticeChannel } from './channels.ts';
import { noticeKey, noticeOf } from './notice.ts';

export interface NotifierOptions {
  readonly videos: VideoWatch;
  readonly told: ToldNotices;
  readonly channels: readonly NoticeChannel[];
  /** Asked when something is told: the address may change, or another program serve the studio. */
  readonly studioUrl: () => Promise<string>;
  /** Whether a video is another machine's, which tells of it itself. */
  readonly isElsewhere: (video: VideoSummary) => boolean;
  readonly say: (message: string) => void;
  /** Milliseconds after which it is looked whether a notice is to be delivered, or tried again. */
  readonly deliverEvery?: number;
}

/** Tells once of each video of this machine that begins to wait for a person or needs attention. */
export function startNotifier(options: NotifierOptions): { stop(): Promise<void> } {
  const { videos, told, channels, studioUrl, isElsewhere, say, deliverEvery = 3000 } = options;
  if (channels.length === 0) return { stop: async () => undefined };
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
    // A server that is away is told of elsewhere; what it holds is still there afterwards.
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
      // A delivery that ends with the program is nobody's fault.
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
      for (const channel of channels) {
        // While one notice is on its way, another may have become untrue.
        const video = own.get(videoId);
        if (video && !ending.signal.aborted) await deliver(video, channel);
      }
    }
  };
  const run = async () => {
    while (!ending.signal.aborted) {
      // A database that is locked for long is tried again.
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
