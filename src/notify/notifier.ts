import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { listVideos } from '../temporal/client/videos.ts';
import { mostTries, type ToldNotices } from '../workspace/told.ts';
import { type Channel, deliverWithin } from './channels.ts';
import { type Notice, noticeOf } from './notice.ts';

export interface NotifierOptions {
  readonly client: Client;
  readonly told: ToldNotices;
  readonly channels: readonly Channel[];
  readonly studioUrl: string;
  /** Name of this machine: others tell of their own videos. */
  readonly hostName: string;
  readonly say: (message: string) => void;
  /** Milliseconds between two looks. */
  readonly lookEvery?: number;
}

/** Tells once of each video of this machine that begins to wait for a person or needs attention. */
export function startNotifier(options: NotifierOptions): { stop(): Promise<void> } {
  const { client, told, channels, studioUrl, hostName, say, lookEvery = 3000 } = options;
  if (channels.length === 0) return { stop: async () => undefined };
  const ending = new AbortController();

  const deliver = async (notice: Notice, channel: Channel) => {
    const { name } = channel;
    if (!told.take(notice.key, name)) return;
    try {
      await channel.deliver(notice, AbortSignal.any([ending.signal, AbortSignal.timeout(deliverWithin)]));
      told.delivered(notice.key, name);
    } catch (error) {
      const tries = told.failed(notice.key, name);
      // A delivery that ends with the program is nobody's fault.
      if (ending.signal.aborted) return;
      const why = `The ${name} for notices failed: ${(error as Error).message}.`;
      if (tries === 1) say(`${why} It will be tried again.`);
      if (tries === mostTries) say(`${why} Giving up on this notice: ${notice.text}`);
    }
  };
  const look = async () => {
    const videos = await client.withDeadline(Date.now() + 10_000, () => listVideos(client, { running: true }));
    const own = videos.filter((video) => video.hostName === undefined || video.hostName === hostName);
    const notices = own.map((video) => noticeOf(video, studioUrl)).filter((notice) => notice !== undefined);
    for (const notice of notices) for (const channel of channels) await deliver(notice, channel);
  };
  const run = async () => {
    while (!ending.signal.aborted) {
      // A server that is away is told of elsewhere; what it holds is still there afterwards.
      await look().catch(() => undefined);
      await sleep(lookEvery, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}
