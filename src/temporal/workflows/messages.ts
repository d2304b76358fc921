import { ApplicationFailure, defineQuery, defineSignal, defineUpdate, log, setHandler } from '@temporalio/workflow';
import { applyCorrections, type Corrections, mergeCorrections, parseCorrections } from '../../domain/corrections.ts';
import { StageError } from '../../domain/errors.ts';
import { readSelection, refuseChoice, type Selection, type SelectionState } from '../../domain/selection.ts';
import {
  correctMatchUpdateName,
  type RetryOrder,
  retryStageUpdateName,
  type SelectThumbnail,
  selectThumbnailUpdateName,
  statusQueryName,
  type ThumbnailSelected,
  thumbnailSelectedSignalName,
  undoSelectionUpdateName,
  type VideoStatus,
} from '../names.ts';
import type { VideoState } from './video-state.ts';

export const thumbnailSelectedSignal = defineSignal<[ThumbnailSelected]>(thumbnailSelectedSignalName);
export const selectThumbnail = defineUpdate<VideoStatus, [SelectThumbnail]>(selectThumbnailUpdateName);
export const undoSelection = defineUpdate<VideoStatus>(undoSelectionUpdateName);
export const correctMatch = defineUpdate<VideoStatus, [Corrections]>(correctMatchUpdateName);
export const retryStage = defineUpdate<VideoStatus, [RetryOrder?]>(retryStageUpdateName);
export const getStatusQuery = defineQuery<VideoStatus>(statusQueryName);

/** A video parked for one of these goes on as soon as the match is corrected. */
const mendedByCorrections = ['BAD_NAME', 'METADATA_INVALID'];

/** A person may have seen, or seen to it, that the recording is not on the channel. */
const mayBeSentAgain = ['UPLOAD_OUTCOME_UNKNOWN', 'PROCESSING_FAILED', 'PUBLISH_NOT_CONFIRMED'];

/** Connects everything other programs may say to a video with its state. */
export function listenTo(state: VideoState, retry: (order?: RetryOrder) => void): void {
  const take = (selection: Selection) => {
    const parkedAt = state.attention?.stage;
    state.choose(selection);
    if (parkedAt === 'SELECTING' || parkedAt === 'ENHANCING') retry();
  };

  setHandler(getStatusQuery, () => state.status());

  setHandler(thumbnailSelectedSignal, (message) => {
    const problem = refuseSignal(message, state);
    if (problem) {
      log.warn('Selection signal ignored', { problem });
      state.warn(`A selection signal was ignored: ${problem}`);
      return;
    }
    const { selectedFrame: frame } = message;
    take({ choice: frame === undefined ? { best: true } : { frame }, undoSeconds: 0 });
  });

  setHandler(
    selectThumbnail,
    (value) => {
      take(asSelection(value));
      return state.status();
    },
    { validator: (value) => refuse(refuseChoice(asSelection(value).choice, selectionState(state))) },
  );

  setHandler(
    undoSelection,
    () => {
      state.undoChoice();
      return state.status();
    },
    { validator: () => refuse(refuseUndo(state)) },
  );

  setHandler(
    correctMatch,
    (value) => {
      state.correct(parseCorrections(value));
      if (state.attention && mendedByCorrections.includes(state.attention.code)) {
        state.note = 'It is tried again with the correction.';
        retry();
      }
      return state.status();
    },
    { validator: (value) => refuse(refuseCorrections(value, state)) },
  );

  setHandler(
    retryStage,
    (order?: RetryOrder) => {
      retry({ sendAgain: order?.sendAgain === true });
      return state.status();
    },
    { validator: (order?: RetryOrder) => refuse(refuseRetry(order, state)) },
  );
}

function selectionState(state: VideoState): SelectionState {
  const { choiceFixed: fixed, candidates, durationSeconds } = state;
  return { fixed, candidates, durationSeconds, undoable: state.undoing ? state.choice : undefined };
}

function refuseRetry(order: RetryOrder | undefined, { stage, attention, waitingFor }: VideoState): string | undefined {
  if (stage !== 'NEEDS_ATTENTION' && !waitingFor) {
    return `There is nothing to retry: the video is ${stage}, and failed steps are tried again by themselves.`;
  }
  if (order?.sendAgain !== true || mayBeSentAgain.includes((attention ?? waitingFor)?.code ?? '')) return undefined;
  return 'Only an upload whose outcome is unknown, or a video that was deleted, can be sent again: any other goes on where it stands.';
}

function refuseUndo(state: VideoState): string | undefined {
  if (!state.choice) return 'Nothing has been chosen for this video.';
  return state.choiceFixed ? 'It is too late to undo the choice: it is being carried out.' : undefined;
}

function refuseSignal(message: unknown, state: VideoState): string | undefined {
  const { videoPath, selectedFrame } = (message ?? {}) as Partial<ThumbnailSelected>;
  if (videoPath !== state.videoPath) return `it names ${String(videoPath)}, not ${state.videoPath}.`;
  if (selectedFrame !== undefined && typeof selectedFrame !== 'string') return 'selectedFrame must be a name.';
  return refuseChoice(selectedFrame === undefined ? { best: true } : { frame: selectedFrame }, selectionState(state));
}

function refuseCorrections(value: unknown, state: VideoState): string | undefined {
  if (state.publishing) return 'It is already being published; correct it in YouTube Studio.';
  try {
    const corrections = mergeCorrections(state.corrections, parseCorrections(value));
    if (state.match) applyCorrections(state.match, corrections);
    return undefined;
  } catch (error) {
    return error instanceof StageError ? `${error.message} ${error.action}` : String(error);
  }
}

function asSelection(value: unknown): Selection {
  const selection = readSelection(value);
  if (typeof selection !== 'string') return selection;
  throw ApplicationFailure.nonRetryable(selection, 'REFUSED');
}

function refuse(problem: string | undefined): void {
  if (problem) throw ApplicationFailure.nonRetryable(problem, 'REFUSED');
}
