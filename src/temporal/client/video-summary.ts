import type { Client } from '@temporalio/client';
import type { Ending } from '../../domain/ending.ts';
import type { Match } from '../../domain/match.ts';
import { endedStep, nextStep, waitingStep } from '../../domain/next-step.ts';
import { type PublishTarget, targetOf } from '../../domain/publish-target.ts';
import { type Stage, stages } from '../../domain/stages.ts';
import type { searchAttributes, VideoMemo } from '../names.ts';
import { decodeAttribute, decodeMoment, decodePayload, decodeTimestamp } from './decode.ts';
import type { Execution } from './executions.ts';
import { readMemo } from './video-memo.ts';

/** A video as visibility shows it, which needs no worker. */
export interface VideoSummary {
  readonly videoId: string;
  /** Of the newest run. */
  readonly runId: string;
  /** Of the run with which the video began; it stays when that continues as a new run. */
  readonly firstRunId: string;
  readonly recording: string;
  /** The queue of its workflow. */
  readonly taskQueue?: string;
  /** Where the recording is, or was, on its host. */
  readonly videoPath?: string;
  readonly stage: Stage;
  readonly title?: string;
  /** As it is published. */
  readonly match?: Match;
  /** YYYY-MM-DD: the date that is published. */
  readonly recordedOn?: string;
  /** ISO 8601: when the stage began. */
  readonly since: string;
  readonly startedAt: string;
  /** The host that has the recording. */
  readonly hostId?: string;
  /** That host's name when it last reported. */
  readonly hostName?: string;
  /** Video id of the prepared content. */
  readonly contentId?: string;
  readonly candidates?: number;
  /** ISO 8601: a frame was chosen, and the choice can be undone until then. */
  readonly undoUntil?: string;
  /** The choice is being carried out, and another one would still be taken. */
  readonly changeable?: boolean;
  readonly attention?: VideoMemo['attention'];
  /** It sleeps, and resumes automatically. */
  readonly waiting?: NonNullable<VideoMemo['waiting']>;
  /** What the stage is waiting for, if not simply working, such as its host. */
  readonly note?: string;
  /** Link to the recording on the channel, while it is still private. */
  readonly privateUrl?: string;
  /** How the server ended a video that neither completed nor was cancelled; its stage is then CANCELLED. */
  readonly ended?: Ending;
  readonly warnings: readonly string[];
  readonly watchUrl?: string;
  readonly rehearsal?: boolean;
  /** Why this machine cannot decode what the video says of itself. */
  readonly unreadable?: string;
  readonly next: string;
}

/** Where it is published, as far as it says so: a revision stays there, whatever is set meanwhile. */
export const publishedOn = ({ watchUrl, rehearsal }: VideoSummary): PublishTarget | undefined =>
  watchUrl !== undefined && rehearsal !== undefined ? targetOf({ rehearsal }) : undefined;

/** It has not ended. */
export const isActive = ({ stage }: Pick<VideoSummary, 'stage'>) => stage !== 'COMPLETED' && stage !== 'CANCELLED';

/** WorkflowExecutionStatus of the Temporal API (temporal/api/enums/v1/workflow.proto). */
const [running, completed, cancelled] = [1, 2, 4];
const endings: Readonly<Record<number, Ending['how']>> = { 3: 'failed', 5: 'terminated', 7: 'timed out' };

/** What the server's describe and list calls say about one run. */
export async function summarise(client: Client, execution: Execution): Promise<VideoSummary> {
  const { value, unreadable } = await decodePayload(client, execution.memo?.fields?.video);
  const memo = readMemo(value);
  const videoId = execution.execution?.workflowId ?? '';
  const stage = stageOf(execution);
  const startedAt = memo.startedAt ?? decodeTimestamp(execution.startTime) ?? new Date(0).toISOString();
  const attention = stage === 'NEEDS_ATTENTION' ? memo.attention : undefined;
  const waiting = execution.status === running ? memo.waiting : undefined;
  const note = execution.status === running ? memo.note : undefined;
  const how = endings[Number(execution.status)];
  const summary: VideoSummary = {
    videoId,
    runId: execution.execution?.runId ?? '',
    firstRunId: memo.firstRunId ?? execution.execution?.runId ?? '',
    recording: memo.recording ?? String(attribute(execution, 'BadmintonRecording') ?? videoId),
    stage,
    since: decodeMoment(attribute(execution, 'BadmintonStageSince')) ?? startedAt,
    startedAt,
    warnings: memo.warnings ?? [],
    next: unreadable ?? (waiting ? waitingStep(waiting, videoId) : (note ?? nextStep(stage, videoId, attention))),
    ...(unreadable && { unreadable }),
    ...(execution.taskQueue && { taskQueue: execution.taskQueue }),
    ...(memo.videoPath && { videoPath: memo.videoPath }),
    ...(memo.title && { title: memo.title }),
    ...(memo.match && { match: memo.match }),
    ...(memo.recordedOn && { recordedOn: memo.recordedOn }),
    ...(memo.hostId && { hostId: memo.hostId }),
    ...(memo.hostName && { hostName: memo.hostName }),
    ...(memo.contentId && { contentId: memo.contentId }),
    ...(memo.candidates !== undefined && { candidates: memo.candidates }),
    ...(memo.undoUntil && { undoUntil: memo.undoUntil }),
    ...(memo.changeable && execution.status === running && { changeable: true }),
    ...(attention && { attention }),
    ...(waiting && { waiting }),
    ...(note && { note }),
    ...(memo.privateUrl && { privateUrl: memo.privateUrl }),
    ...(memo.watchUrl && { watchUrl: memo.watchUrl, rehearsal: memo.rehearsal ?? false }),
  };
  return how ? withEnding(summary, { how }) : summary;
}

/** The video with the way it ended. */
export function withEnding<T extends VideoSummary>(video: T, ended: Ending): T {
  return { ...video, ended, next: endedStep(ended) };
}

/** How it ended, in a word or two. */
export const endWord = ({ stage, ended }: Pick<VideoSummary, 'stage' | 'ended'>) => ended?.how ?? stage.toLowerCase();

/** A run that was ended from outside keeps its last stage; how it ended says more. */
function stageOf(execution: Execution): Stage {
  if (execution.status === cancelled || endings[Number(execution.status)]) return 'CANCELLED';
  if (execution.status === completed) return 'COMPLETED';
  const value = attribute(execution, 'BadmintonStage');
  return stages.find((stage) => stage === value) ?? 'PREPARING';
}

/** A single value; a server may return it as a list of one. */
function attribute({ searchAttributes: all }: Execution, name: keyof typeof searchAttributes): unknown {
  const value = decodeAttribute(all?.indexedFields?.[name]);
  return Array.isArray(value) ? value[0] : value;
}
