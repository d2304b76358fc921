import { access } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { retryStage } from '../temporal/client/control.ts';
import { listVideos, type VideoSummary } from '../temporal/client/videos.ts';
import { liveHosts } from '../temporal/live-hosts.ts';
import type { Host } from '../temporal/worker-parts.ts';

export interface FoundOptions {
  readonly client: Client;
  readonly host: Host;
  /** The shared one. */
  readonly taskQueue: string;
  readonly log: Logger;
  /** Milliseconds between two looks. */
  readonly lookEvery?: number;
}

/** With these, a video needs a machine that has its recording; the second is from before all machines were asked. */
const codes: readonly (string | undefined)[] = ['HOST_UNKNOWN', 'FILE_MISSING'];
/** Milliseconds between two looks whether the server knows this machine's worker. */
const knownEvery = 500;
const mostKnownLooks = 20;

/**
 * Lets videos ask again for the machine of their recording as soon as it is here: because this machine has started or
 * woken up, or because the recording was put here. Each is told once. Never throws. Returns what ends that.
 */
export function resumeFound({ client, host, taskQueue, log, lookEvery = 60_000 }: FoundOptions): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  /** First runs of videos whose recording was here when they were last looked at. */
  const found = new Set<string>();

  const isKnown = async () => (await liveHosts(client, taskQueue)).hosts.some(({ id }) => id === host.id);
  const resume = async ({ videoId, firstRunId }: VideoSummary) => {
    // A worker that the server does not know yet would not be asked.
    for (let look = 0; !(await isKnown()); look += 1) {
      if (look === mostKnownLooks) return;
      await sleep(knownEvery, undefined, { signal });
    }
    log.info({ videoId }, 'the recording of a waiting video is here');
    await retryStage(client, videoId);
    found.add(firstRunId);
  };
  const look = async () => {
    for (const video of await listVideos(client, { running: true })) {
      if (signal.aborted) return;
      if (!isWithoutHost(video)) continue;
      if (!(await isHere(video))) found.delete(video.firstRunId);
      // One that was removed meanwhile must not keep the others waiting.
      else if (!found.has(video.firstRunId)) await resume(video).catch((error: Error) => notResumed(video, error));
    }
  };
  const notResumed = ({ videoId }: VideoSummary, { message: reason }: Error) => {
    if (!signal.aborted) log.warn({ videoId, reason }, 'a video whose recording is here was perhaps not resumed');
  };
  // People are told elsewhere that the server is away.
  const notLooked = ({ message: reason }: Error) => log.debug({ reason }, 'waiting videos could not be listed');
  const run = async () => {
    while (!signal.aborted) {
      await look().catch(notLooked);
      await sleep(lookEvery, undefined, { signal }).catch(() => undefined);
    }
  };
  void run();
  return () => ending.abort();
}

const isWithoutHost = ({ hostId, hostName, attention, waiting }: VideoSummary) =>
  hostId === undefined && hostName === undefined && codes.includes((attention ?? waiting)?.code);

const isHere = ({ videoPath }: VideoSummary): Promise<boolean> =>
  videoPath === undefined
    ? Promise.resolve(false)
    : access(videoPath).then(
        () => true,
        () => false,
      );
