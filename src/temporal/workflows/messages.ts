import { ApplicationFailure, defineQuery, defineSignal, defineUpdate, log, setHandler } from '@temporalio/workflow';
import { applyCorrections, type Corrections, parseCorrections } from '../../domain/corrections.ts';
import { StageError } from '../../domain/errors.ts';
import { type Choice, readChoice, refuseChoice, type SelectionState } from '../../domain/selection.ts';
import {
  correctMatchUpdateName,
  retryStageUpdateName,
  selectThumbnailUpdateName,
  statusQueryName,
  type ThumbnailSelected,
  thumbnailSelectedSignalName,
  type VideoStatus,
} from '../names.ts';
import type { VideoState } from './video-state.ts';

export const thumbnailSelectedSignal = defineSignal<[ThumbnailSelected]>(thumbnailSelectedSignalName);
export const selectThumbnail = defineUpdate<VideoStatus, [Choice]>(selectThumbnailUpdateName);
export const correctMatch = defineUpdate<VideoStatus, [Corrections]>(correctMatchUpdateName);
export const retryStage = defineUpdate<VideoStatus>(retryStageUpdateName);
export const getStatusQuery = defineQuery<VideoStatus>(statusQueryName);

/** A video parked for one of these goes on as soon as the match is corrected. */
const mendedByCorrections = ['BAD_NAME', 'METADATA_INVALID'];

/** Connects everything other programs may say to a video with its state. */
export function listenTo(state: VideoState, retry: () => void): void {
  const take = (choice: Choice) => {
    state.choice = choice;
    if (state.attention?.stage === 'SELECTING') retry();
    state.show();
  };

  setHandler(getStatusQuery, () => state.status());

  setHandler(thumbnailSelectedSignal, (message) => {
    const problem = refuseSignal(message, state);
    if (problem) {
      log.warn('Selection signal ignored', { problem });
      state.warn(`A selection signal was ignored: ${problem}`);
      return;
    }
    take(message.selectedFrame === undefined ? { best: true } : { frame: message.selectedFrame });
  });

  setHandler(
    selectThumbnail,
    (value) => {
      take(asChoice(value));
      return state.status();
    },
    { validator: (value) => refuse(refuseChoice(asChoice(value), selectionState(state))) },
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
    () => {
      retry();
      return state.status();
    },
    {
      validator: () =>
        refuse(
          state.stage === 'NEEDS_ATTENTION'
            ? undefined
            : `There is nothing to retry: the video is ${state.stage}, and failed steps are tried again by themselves.`,
        ),
    },
  );
}

function selectionState(state: VideoState): SelectionState {
  return { fixed: state.choiceFixed, candidates: state.candidates, durationSeconds: state.durationSeconds };
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
    const corrections = { ...state.corrections, ...parseCorrections(value) };
    if (state.match) applyCorrections(state.match, corrections);
    return undefined;
  } catch (error) {
    return error instanceof StageError ? `${error.message} ${error.action}` : String(error);
  }
}

function asChoice(value: unknown): Choice {
  const choice = readChoice(value);
  if (choice) return choice;
  throw ApplicationFailure.nonRetryable('A choice is one of { frame }, { atSeconds } or { best: true }.', 'REFUSED');
}

function refuse(problem: string | undefined): void {
  if (problem) throw ApplicationFailure.nonRetryable(problem, 'REFUSED');
}
