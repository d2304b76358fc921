import type { Client } from '@temporalio/client';
import { videoIdPattern } from '../../domain/video-id.ts';
import { workflowType } from '../names.ts';
import { RefusedError } from './errors.ts';
import { listExecutions } from './executions.ts';
import { summarise, type VideoSummary } from './video-summary.ts';

const mostNamed = 3;

/**
 * Ensures that this machine can decode the running videos, so that no worker takes up what it cannot read. What foreign
 * clients have started is not asked about: they may write what they like.
 * @param taskQueue the shared one
 * @throws RefusedError
 */
export async function requireReadableVideos(client: Client, taskQueue: string): Promise<void> {
  const videos = await unreadableVideos(client, taskQueue);
  const [first] = videos;
  if (!first) return;
  const named = videos.slice(0, mostNamed).map(({ videoId }) => videoId);
  const names = [...named, ...(videos.length > mostNamed ? ['…'] : [])].join(', ');
  throw new RefusedError(
    `This machine cannot read ${videos.length} of the running videos (${names}). ${first.unreadable} Nothing was changed.`,
  );
}

/** Running videos of our own clients that this machine cannot decode. */
export async function unreadableVideos(client: Client, taskQueue: string): Promise<VideoSummary[]> {
  const query = `WorkflowType = '${workflowType}' AND ExecutionStatus = 'Running'`;
  const videos: VideoSummary[] = [];
  for await (const execution of listExecutions(client, query)) {
    const video = await summarise(client, execution);
    const isOwn = video.taskQueue === taskQueue && videoIdPattern.test(video.videoId);
    if (isOwn && video.unreadable) videos.push(video);
  }
  return videos;
}
