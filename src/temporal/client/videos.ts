import { type Client, type WorkflowExecutionInfo, WorkflowNotFoundError } from '@temporalio/client';
import { nextStep, waitingStep } from '../../domain/next-step.ts';
import { type Stage, stages } from '../../domain/stages.ts';
import { videoIdPattern } from '../../domain/video-id.ts';
import { type searchAttributes, type VideoMemo, workflowType } from '../names.ts';
import { decodeTime } from './decode-time.ts';
import { RefusedError } from './errors.ts';

/** A video as visibility shows it: no worker is needed to know this. */
export interface VideoSummary {
  readonly videoId: string;
  readonly runId: string;
  readonly recording: string;
  /** Where the recording lies, or lay, on its machine. */
  readonly videoPath?: string;
  readonly stage: Stage;
  readonly title?: string;
  /** YYYY-MM-DD: the day that is published. */
  readonly recordedOn?: string;
  /** ISO 8601: when the stage began. */
  readonly since: string;
  readonly startedAt: string;
  readonly hostName?: string;
  readonly candidates?: number;
  /** ISO 8601: a frame was chosen, and that can be undone until then. */
  readonly undoUntil?: string;
  readonly attention?: VideoMemo['attention'];
  /** It sleeps, and goes on by itself. */
  readonly waiting?: NonNullable<VideoMemo['waiting']>;
  /** The recording is on the channel, private so far. */
  readonly privateUrl?: string;
  readonly warnings: readonly string[];
  readonly watchUrl?: string;
  readonly rehearsal?: boolean;
  readonly next: string;
}

export interface VideoFilter {
  readonly stage?: Stage;
  /** Only videos that have not ended. */
  readonly running?: boolean;
}

/** All videos, newest first, by one visibility query. */
export async function listVideos(client: Client, { stage, running }: VideoFilter = {}): Promise<VideoSummary[]> {
  const terms = [
    `WorkflowType = '${workflowType}'`,
    ...(stage ? [`BadmintonStage = '${stage}'`] : []),
    ...(running ? ["ExecutionStatus = 'Running'"] : []),
  ];
  const videos: VideoSummary[] = [];
  for await (const info of client.workflow.list({ query: terms.join(' AND '), pageSize: 1000 })) {
    videos.push(summarise(info));
  }
  return videos;
}

/** What describe and list tell about one run. */
export function summarise(info: WorkflowExecutionInfo): VideoSummary {
  const memo = ((info.memo as { video?: VideoMemo } | undefined)?.video ?? {}) as Partial<VideoMemo>;
  const stage = stageOf(info);
  const attention = stage === 'NEEDS_ATTENTION' ? memo.attention : undefined;
  const waiting = info.status.name === 'RUNNING' ? memo.waiting : undefined;
  return {
    videoId: info.workflowId,
    runId: info.runId,
    recording: memo.recording ?? String(attribute(info, 'BadmintonRecording') ?? info.workflowId),
    stage,
    since: decodeTime(attribute(info, 'BadmintonStageSince')) ?? info.startTime.toISOString(),
    startedAt: info.startTime.toISOString(),
    warnings: memo.warnings ?? [],
    next: waiting ? waitingStep(waiting, info.workflowId) : nextStep(stage, info.workflowId, attention),
    ...(memo.videoPath && { videoPath: memo.videoPath }),
    ...(memo.title && { title: memo.title }),
    ...(memo.recordedOn && { recordedOn: memo.recordedOn }),
    ...(memo.hostName && { hostName: memo.hostName }),
    ...(memo.candidates !== undefined && { candidates: memo.candidates }),
    ...(memo.undoUntil && { undoUntil: memo.undoUntil }),
    ...(attention && { attention }),
    ...(waiting && { waiting }),
    ...(memo.privateUrl && { privateUrl: memo.privateUrl }),
    ...(memo.watchUrl && { watchUrl: memo.watchUrl, rehearsal: memo.rehearsal ?? false }),
  };
}

/** A run that was ended from outside keeps the stage it was in; how it ended says more. */
function stageOf(info: WorkflowExecutionInfo): Stage {
  const { name } = info.status;
  if (name === 'CANCELLED' || name === 'TERMINATED' || name === 'FAILED' || name === 'TIMED_OUT') return 'CANCELLED';
  if (name === 'COMPLETED') return 'COMPLETED';
  const value = attribute(info, 'BadmintonStage');
  return stages.find((stage) => stage === value) ?? 'PREPARING';
}

function attribute(info: WorkflowExecutionInfo, name: keyof typeof searchAttributes): unknown {
  return info.searchAttributes?.[name]?.[0];
}

/**
 * The one video a person means: by id, by any unambiguous beginning of it, or by its recording's name.
 * @throws RefusedError when none or several fit
 */
export async function findVideo(client: Client, reference: string): Promise<VideoSummary> {
  const text = reference.trim();
  const known = videoIdPattern.test(text) ? await describeKnown(client, text) : undefined;
  if (known) return known;
  const quoted = text.replaceAll("'", "\\'");
  const terms = [`WorkflowId = '${quoted}'`, `WorkflowId STARTS_WITH '${quoted}'`, `BadmintonRecording = '${quoted}'`];
  if (/^[0-9a-f]{3,16}$/.test(text)) terms.push(`WorkflowId STARTS_WITH 'video-${text}'`);
  const query = `WorkflowType = '${workflowType}' AND (${terms.join(' OR ')})`;
  const newest = new Map<string, VideoSummary>();
  if (text !== '') {
    for await (const info of client.workflow.list({ query })) {
      const video = summarise(info);
      if (!newest.has(video.videoId)) newest.set(video.videoId, video);
    }
  }
  const found = [...newest.values()];
  const exact = found.find(({ videoId }) => videoId === text);
  if (exact) return exact;
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  const running = found.filter(({ stage }) => stage !== 'COMPLETED' && stage !== 'CANCELLED');
  if (running.length === 1 && running[0]) return running[0];
  if (!only) throw new RefusedError(`There is no video "${reference}". See them all with: npx badminton list`);
  const names = found.slice(0, 5).map(({ videoId, recording }) => `${videoId} (${recording})`);
  throw new RefusedError(`"${reference}" fits ${found.length} videos: ${names.join(', ')}. Type more of the id.`);
}

/** A whole id is looked up directly: visibility shows a video only a moment after it was started. */
async function describeKnown(client: Client, videoId: string): Promise<VideoSummary | undefined> {
  try {
    return summarise((await client.workflow.getHandle(videoId).describe()) as unknown as WorkflowExecutionInfo);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
