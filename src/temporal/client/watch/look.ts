import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { describeVideo } from '../progress.ts';
import { isActive, type VideoSummary } from '../video-summary.ts';
import { listVideos } from '../videos.ts';
import type { Videos } from './seat.ts';
import type { VideoProgress } from './subscriber.ts';

const mostDetails = 60;
const descriptionsAtOnce = 8;

export interface Wanted {
  readonly all: boolean;
  /** Those that ran at the last look: of each that is no longer listed it is asked what became of it. */
  readonly running: readonly VideoSummary[];
}

/** The videos as they are now, one of each id. @throws when they cannot be listed */
export async function lookAtVideos(client: Client, { all, running }: Wanted): Promise<Videos> {
  const videos = newestRuns(await listVideos(client, { running: !all }));
  const missing = running.filter(({ videoId }) => !videos.has(videoId));
  await atOnce(missing, async (known) => {
    const video = await describeVideo(client, known.videoId).then(
      ({ step: _, ...summary }) => summary,
      // While it is not known what became of it, it stays what it was.
      (error) => (error instanceof WorkflowNotFoundError ? undefined : known),
    );
    if (video) videos.set(video.videoId, video);
  });
  return videos;
}

/** What those of the videos that are active are doing, of a limited number of them. */
export async function lookAtSteps(client: Client, videoIds: Iterable<string>, videos: Videos) {
  const active = [...new Set(videoIds)].filter((id) => {
    const video = videos.get(id);
    return video && isActive(video);
  });
  const steps: VideoProgress[] = [];
  await atOnce(active.slice(0, mostDetails), async (videoId) => {
    // One that was removed meanwhile must not keep the others from being told.
    const video = await describeVideo(client, videoId).catch(() => undefined);
    if (video) steps.push({ videoId, step: video.step ?? null });
  });
  return steps;
}

/** Visibility lists each run of a video, newest first; one that runs goes before those that have ended. */
function newestRuns(runs: readonly VideoSummary[]): Map<string, VideoSummary> {
  const newest = new Map<string, VideoSummary>();
  for (const run of runs) {
    const known = newest.get(run.videoId);
    if (!known || (isActive(run) && !isActive(known))) newest.set(run.videoId, run);
  }
  return newest;
}

async function atOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const next = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: descriptionsAtOnce }, next));
}
