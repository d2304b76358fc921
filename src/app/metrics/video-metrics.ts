import type { Client } from '@temporalio/client';
import type { MetricMeter } from '@temporalio/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import { stages } from '../../domain/stages.ts';
import { isActive, type VideoSummary } from '../../temporal/client/video-summary.ts';
import type { VideoWatch } from '../../temporal/client/watch/index.ts';

export interface VideoMetricsOptions {
  readonly meter: MetricMeter;
  readonly videos: VideoWatch;
  readonly client: Client;
  /** This machine: what has happened is counted by the machine that has the recording, and by no other one. */
  readonly hostId: string;
  readonly log: Logger;
}

export interface VideoMetrics {
  /** Sets what changes with time alone. */
  refresh(): void;
  end(): void;
}

const openStages = stages.filter((stage) => isActive({ stage }));

/** Says of all videos on the server how many there are and since when, and of those of this machine how they ended. */
export function measureVideos({ meter, videos, client, hostId, log }: VideoMetricsOptions): VideoMetrics {
  const count = meter.createGauge('badminton_videos', 'int', undefined, 'Videos that have not ended, by stage.');
  const longest = meter.createGauge(
    'badminton_longest_in_stage_seconds',
    'float',
    undefined,
    'How long the video that has been in the stage for the longest time has been there; 0 if there is none.',
  );
  const reachable = meter.createGauge(
    'badminton_temporal_reachable',
    'int',
    undefined,
    'Whether Temporal answered the last time that it was asked for the videos.',
  );
  const ended = meter.createCounter('badminton_videos_ended', undefined, 'Videos of this machine that have ended.');
  const inStage = meter.createHistogram(
    'badminton_stage',
    'float',
    'seconds',
    'How long each completed video of this machine was in each stage.',
  );
  // Whoever asks for a rate wants to have seen the counter before it first counts.
  for (const ending of endings) ended.add(0, { ending });
  const open = new Map<string, VideoSummary>();
  let isReachable = true;

  const recordStages = async ({ videoId, runId }: VideoSummary) => {
    const { stageSeconds } = result.parse(await client.workflow.getHandle(videoId, runId).result());
    for (const [stage, seconds] of Object.entries(stageSeconds)) inStage.record(seconds, { stage });
  };
  const end = (video: VideoSummary) => {
    if (video.hostId !== hostId) return;
    ended.add(1, { ending: endingOf(video) });
    if (video.stage !== 'COMPLETED') return;
    recordStages(video).catch((error) => log.warn({ videoId: video.videoId, reason: String(error) }, 'not measured'));
  };
  const refresh = () => {
    const now = Date.now();
    reachable.set(Number(isReachable));
    for (const stage of openStages) {
      const since = [...open.values()].filter((video) => video.stage === stage).map((video) => Date.parse(video.since));
      count.set(since.length, { stage });
      longest.set(since.length === 0 ? 0 : Math.max(0, now - Math.min(...since)) / 1000, { stage });
    }
  };
  refresh();
  const subscription = videos.subscribe({
    scope: 'running',
    changed({ changed, gone }) {
      for (const { videoId } of gone) open.delete(videoId);
      for (const video of changed) {
        if (isActive(video)) open.set(video.videoId, video);
        else if (open.delete(video.videoId)) end(video);
      }
    },
    trouble(problem) {
      isReachable = problem?.isAway !== true;
    },
  });
  return { refresh, end: subscription.end };
}

const result = z.object({ stageSeconds: z.partialRecord(z.enum(stages), z.number().nonnegative()) });

const endings = ['completed', 'cancelled', 'failed', 'terminated', 'timed_out'];
const endingOf = ({ stage, ended }: VideoSummary) =>
  ended ? ended.how.replaceAll(' ', '_') : stage === 'COMPLETED' ? 'completed' : 'cancelled';
