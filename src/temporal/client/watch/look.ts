import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { explainTrouble } from '../errors.ts';
import { describeVideo } from '../progress.ts';
import { isActive, type VideoSummary } from '../video-summary.ts';
import { listVideos } from '../videos.ts';
import type { Videos } from './seat.ts';
import type { VideoProgress } from './subscriber.ts';

const mostDetails = 60;
const descriptionsAtOnce = 8;

export interface Wanted {
  readonly all: boolean;
  /**
   * Videos that were running at the last look; for each that is no longer listed, the server is asked what became of
   * it.
   */
  readonly running: readonly VideoSummary[];
}

/** The current videos, one for each id. @throws if they cannot be listed */
export async function lookAtVideos(client: Client, { all, running }: Wanted): Promise<Videos> {
  const videos = newestRuns(await listVideos(client, { running: !all }));
  const missing = running.filter(({ videoId }) => !videos.has(videoId));
  await atOnce(missing, async (known) => {
    const video = await describeVideo(client, known.videoId).then(
      ({ step: _, ...summary }) => summary,
      (error) => {
        throwIfAway(error);
        // As long as its fate is unknown, it stays as it was.
        return error instanceof WorkflowNotFoundError ? undefined : known;
      },
    );
    if (video) videos.set(video.videoId, video);
  });
  return videos;
}

/** What the active ones among the videos are doing, for a limited number of them. @throws if no answer comes */
export async function lookAtSteps(client: Client, videoIds: Iterable<string>, videos: Videos) {
  const active = [...new Set(videoIds)].filter((id) => {
    const video = videos.get(id);
    return video && isActive(video);
  });
  const steps: VideoProgress[] = [];
  await atOnce(active.slice(0, mostDetails), async (videoId) => {
    // One that was just removed must not stop the others from being reported.
    const video = await describeVideo(client, videoId).catch(throwIfAway);
    if (video) steps.push({ videoId, step: video.step ?? null });
  });
  return steps;
}

/** What holds for one video must not hide the others; a server that does not answer keeps silent about all. */
function throwIfAway(error: unknown): undefined {
  if (explainTrouble(error).isAway) throw error;
  return undefined;
}

/** Visibility lists every run of a video, newest first; a running one takes precedence over ended ones. */
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
