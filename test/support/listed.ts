import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { listVideos, type VideoFilter, type VideoSummary } from '../../src/temporal/client/videos.ts';

/** The list of videos as soon as it is as wanted: it lags a moment behind the workflows. @throws Error after 10 s */
export async function untilListed(
  client: Client,
  wanted: (videos: readonly VideoSummary[]) => boolean,
  filter?: VideoFilter,
): Promise<VideoSummary[]> {
  for (const deadline = Date.now() + 10_000; ; await sleep(50)) {
    const videos = await listVideos(client, filter);
    if (wanted(videos)) return videos;
    if (Date.now() > deadline) throw new Error(`the list did not become as wanted: ${JSON.stringify(videos)}`);
  }
}

/** The video as the list shows it, as soon as it is as wanted there. @throws Error after 10 s */
export async function listedVideo(
  client: Client,
  videoId: string,
  wanted: (video: VideoSummary) => boolean = () => true,
  filter?: VideoFilter,
): Promise<VideoSummary> {
  const find = (videos: readonly VideoSummary[]) => videos.find((video) => video.videoId === videoId && wanted(video));
  return find(await untilListed(client, (videos) => find(videos) !== undefined, filter)) as VideoSummary;
}
