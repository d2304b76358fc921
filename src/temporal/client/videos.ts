import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Stage } from '../../domain/stages.ts';
import { videoIdPattern } from '../../domain/video-id.ts';
import { workflowType } from '../names.ts';
import { isEncoding } from '../payloads/data-converter.ts';
import { completeSummaries } from './complete-summaries.ts';
import { RefusedError } from './errors.ts';
import { describeExecution, listExecutions } from './executions.ts';
import { isActive, summarise, type VideoSummary } from './video-summary.ts';

export type { VideoSummary };

/** A run that continued as a new one is not the video any more. */
const notContinued = "ExecutionStatus != 'ContinuedAsNew'";

export interface VideoFilter {
  readonly stage?: Stage;
  /** Only videos that have not ended. */
  readonly running?: boolean;
}

/** All videos, newest first, with one visibility query. */
export async function listVideos(client: Client, { stage, running }: VideoFilter = {}): Promise<VideoSummary[]> {
  const terms = [
    `WorkflowType = '${workflowType}'`,
    notContinued,
    ...(stage ? [`BadmintonStage = '${stage}'`] : []),
    ...(running ? ["ExecutionStatus = 'Running'"] : []),
  ];
  const videos: VideoSummary[] = [];
  for await (const execution of listExecutions(client, terms.join(' AND ')))
    videos.push(await summarise(client, execution));
  return completeSummaries(client, videos);
}

/**
 * The one video a person means: by its id, any unambiguous start of it, or its recording's name.
 * @throws RefusedError if none or several match
 */
export async function findVideo(client: Client, reference: string): Promise<VideoSummary> {
  const text = reference.trim();
  const known = videoIdPattern.test(text) ? await describeKnown(client, text) : undefined;
  if (known) return known;
  const newest = new Map<string, VideoSummary>();
  for await (const video of videosCalled(client, text)) {
    if (!newest.has(video.videoId)) newest.set(video.videoId, video);
  }
  const found = [...newest.values()];
  const exact = found.find(({ videoId }) => videoId === text);
  if (exact) return exact;
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  const running = found.filter(isActive);
  if (running.length === 1 && running[0]) return running[0];
  if (!only) throw new RefusedError(`There is no video "${reference}". See them all with: npx badminton list`);
  const names = found.slice(0, 5).map(({ videoId, recording }) => `${videoId} (${recording})`);
  throw new RefusedError(`"${reference}" fits ${found.length} videos: ${names.join(', ')}. Type more of the id.`);
}

/** All runs whose id begins with the text, or whose recording has that name. */
async function* videosCalled(client: Client, text: string): AsyncIterable<VideoSummary> {
  if (text === '') return;
  const beginnings = [text, ...(/^[0-9a-f]{3,16}$/.test(text) ? [`video-${text}`] : [])];
  const all = `WorkflowType = '${workflowType}' AND ${notContinued}`;
  if (!isEncoding(client)) {
    const quoted = (value: string) => value.replaceAll("'", "\\'");
    const terms = [
      `WorkflowId = '${quoted(text)}'`,
      `BadmintonRecording = '${quoted(text)}'`,
      ...beginnings.map((beginning) => `WorkflowId STARTS_WITH '${quoted(beginning)}'`),
    ];
    for await (const execution of listExecutions(client, `${all} AND (${terms.join(' OR ')})`)) {
      yield await summarise(client, execution);
    }
    return;
  }
  // The server does not know the names of recordings that are encoded.
  for await (const execution of listExecutions(client, all)) {
    const video = await summarise(client, execution);
    const { videoId, recording } = video;
    if (recording === text || beginnings.some((beginning) => videoId.startsWith(beginning))) yield video;
  }
}

/** A complete id is looked up directly: visibility shows a video only a moment after its start. */
async function describeKnown(client: Client, videoId: string): Promise<VideoSummary | undefined> {
  try {
    return await summarise(client, (await describeExecution(client, videoId)).execution);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
