import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { setCurrentDetails, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { nextStep, waitingStep } from '../../domain/next-step.ts';
import type { Acknowledgement, VideoMemo, VideoStatus } from '../names.ts';
import { keepsHistorySmall } from './patches.ts';
import type { VideoState } from './video-state.ts';

const stageKey = defineSearchAttributeKey('BadmintonStage', SearchAttributeType.KEYWORD);
const recordingKey = defineSearchAttributeKey('BadmintonRecording', SearchAttributeType.KEYWORD);
const hostKey = defineSearchAttributeKey('BadmintonHost', SearchAttributeType.KEYWORD);
const sinceKey = defineSearchAttributeKey('BadmintonStageSince', SearchAttributeType.DATETIME);

/**
 * The only place that shows a state to those outside: as search attributes to filter by, a memo that is readable without a
 * worker, and details in the Temporal Web UI. Memo and attributes are events of the history, so what is equal to what the
 * run has written is not written again: a change of what is in them is a change of the workflow's commands.
 */
export function stateDisplay(): (state: VideoState) => void {
  let memoWritten: string | undefined;
  let attributesWritten: string | undefined;
  return (state) => {
    const memo = memoOf(state);
    const memoText = JSON.stringify(memo);
    if (memoText !== memoWritten || !keepsHistorySmall()) upsertMemo({ video: memo });
    memoWritten = memoText;
    const attributes = attributesOf(state);
    const attributesText = JSON.stringify(attributes.map(({ value }) => value));
    if (attributesText !== attributesWritten || !keepsHistorySmall()) upsertSearchAttributes(attributes);
    attributesWritten = attributesText;
    setCurrentDetails(detailsOf(state));
  };
}

/** As JSON: without fields that are undefined. */
function memoOf(state: VideoState): VideoMemo {
  const memo: VideoMemo = {
    videoPath: state.videoPath,
    recording: state.recording,
    firstRunId: workflowInfo().firstExecutionRunId,
    startedAt: new Date(state.startedAt).toISOString(),
    hostId: state.hostId,
    hostName: state.hostName,
    contentId: state.contentId,
    title: state.title,
    match: state.correctedMatch,
    recordedOn: state.day,
    candidates: state.candidates?.length,
    undoUntil: state.undoUntilIso,
    ...(state.changeable && { changeable: true }),
    warnings: state.warnings,
    attention: state.attention,
    waiting: state.waitingFor,
    note: state.note,
    privateUrl: state.privateUrl,
    watchUrl: state.published?.watchUrl,
    rehearsal: state.published?.rehearsal,
  };
  return JSON.parse(JSON.stringify(memo));
}

const attributesOf = ({ stage, recording, hostName, since, hidesNames }: VideoState) => [
  { key: stageKey, value: stage },
  { key: recordingKey, value: hidesNames ? null : recording },
  { key: hostKey, value: hostName ?? null },
  { key: sinceKey, value: new Date(since) },
];

/** The answer to the query. */
export function statusOf(state: VideoState): VideoStatus {
  return {
    stage: state.stage,
    videoPath: state.videoPath,
    videoId: state.videoId,
    recording: state.recording,
    since: new Date(state.since).toISOString(),
    corrections: state.corrections,
    warnings: state.warnings,
    next: nextOf(state),
    ...(state.title !== undefined && { title: state.title }),
    ...(state.day !== undefined && { recordedOn: state.day }),
    ...(state.hostName !== undefined && { hostName: state.hostName }),
    ...(state.durationSeconds !== undefined && { durationSeconds: state.durationSeconds }),
    ...(state.match && { match: state.match }),
    ...(state.candidates && { candidates: state.candidates }),
    ...(state.choice && { choice: state.choice, look: state.look }),
    ...(state.undoUntilIso !== undefined && { undoUntil: state.undoUntilIso }),
    ...(state.changeable && { changeable: true }),
    ...(state.attention && { attention: state.attention }),
    ...(state.waitingFor && { waiting: state.waitingFor }),
    ...(state.privateUrl !== undefined && { privateUrl: state.privateUrl }),
    ...(state.published && { watchUrl: state.published.watchUrl, rehearsal: state.published.rehearsal }),
  };
}

/** The answer to an update. */
export function acknowledge(state: VideoState): Acknowledgement {
  const { videoId, recording, stage, title, recordedOn, choice, undoUntil, next } = statusOf(state);
  return {
    videoId,
    recording,
    stage,
    next,
    ...(title !== undefined && { title }),
    ...(recordedOn !== undefined && { recordedOn }),
    ...(choice && { choice }),
    ...(undoUntil !== undefined && { undoUntil }),
  };
}

/** What happens next: a new choice is carried out at once, or when it can no longer be undone. */
function nextOf({ undoing, videoId, waitingFor, timeZone, stage, choice, note, attention }: VideoState): string {
  if (undoing) return `The choice is about to be carried out; to undo it: npx badminton select ${videoId} --undo`;
  if (waitingFor) return waitingStep(waitingFor, videoId, timeZone);
  const taken = stage === 'WAITING_FOR_SELECTION' && choice !== undefined;
  return note ?? nextStep(taken ? 'SELECTING' : stage, videoId, attention);
}

/** Markdown for the Temporal Web UI. */
function detailsOf(state: VideoState): string {
  const { stage, published, title, recording, studioUrl, videoId, attention, privateUrl, warnings } = state;
  const lines = [
    `**${stage}**${published?.rehearsal ? ' (REHEARSAL)' : ''}: ${title ?? recording}`,
    studioUrl && `[Open it in the studio](${studioUrl}videos/${encodeURIComponent(videoId)})`,
    attention && `Reason: ${attention.reason}`,
    `Next: ${nextOf(state)}`,
    privateUrl && `On the channel, private so far: ${privateUrl}`,
    published && `Watch: ${published.watchUrl}`,
    ...warnings.map((warning) => `Note: ${warning}`),
  ];
  return lines.filter(Boolean).join('\n\n');
}
