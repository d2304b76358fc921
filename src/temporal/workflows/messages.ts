import { ApplicationFailure, defineQuery, defineSignal, defineUpdate, log, setHandler } from '@temporalio/workflow';
import { asReason } from '../../domain/bounds.ts';
import { changeLater } from '../../domain/change-later.ts';
import { applyCorrections, type Corrections, mergeCorrections, parseCorrections } from '../../domain/corrections.ts';
import { StageError } from '../../domain/errors.ts';
import { chooseHost } from '../../domain/find-host.ts';
import { type RetryOrder, readRetryOrder, readSignal } from '../../domain/messages.ts';
import {
  type Choice,
  readSelection,
  refuseChoice,
  type Selection,
  type SelectionState,
} from '../../domain/selection.ts';
import {
  type Acknowledgement,
  beginPublishingUpdateName,
  correctMatchUpdateName,
  retryStageUpdateName,
  type SelectThumbnail,
  selectThumbnailUpdateName,
  statusQueryName,
  type ThumbnailSelected,
  thumbnailSelectedSignalName,
  undoSelectionUpdateName,
  type VideoStatus,
} from '../names.ts';
import { choiceStaysOpen } from './patches.ts';
import type { PatientStages } from './patient-stage.ts';
import { acknowledge, statusOf } from './show-state.ts';
import { mayBeSentAgain, type VideoState } from './video-state.ts';

export const thumbnailSelectedSignal = defineSignal<[ThumbnailSelected]>(thumbnailSelectedSignalName);
export const selectThumbnail = defineUpdate<Acknowledgement, [SelectThumbnail]>(selectThumbnailUpdateName);
export const undoSelection = defineUpdate<Acknowledgement>(undoSelectionUpdateName);
export const correctMatch = defineUpdate<Acknowledgement, [Corrections]>(correctMatchUpdateName);
export const retryStage = defineUpdate<Acknowledgement, [RetryOrder?]>(retryStageUpdateName);
export const beginPublishing = defineUpdate<void>(beginPublishingUpdateName);
export const getStatusQuery = defineQuery<VideoStatus>(statusQueryName);

/** A video parked for one of these resumes as soon as the match is corrected. */
const fixedByCorrections = ['BAD_NAME', 'METADATA_INVALID'];

/**
 * Connects every message that other programs may send to a video with its state. Whatever is sent, no handler throws
 * anything but an ApplicationFailure: that would make the workflow task fail forever. Arguments are parsed with the
 * domain's schemas.
 */
export function listenTo(
  state: VideoState,
  stages: Pick<PatientStages, 'retry' | 'takeChange' | 'refusePublishing'>,
): void {
  const { retry, takeChange } = stages;
  const take = (selection: Selection) => {
    state.choose(selection);
    takeChange();
  };

  setHandler(getStatusQuery, () => statusOf(state));

  setHandler(thumbnailSelectedSignal, (message) => {
    const choice = readSignalFor(state, message);
    if (typeof choice !== 'string') return take({ choice, undoSeconds: 0 });
    log.warn('Selection signal ignored', { problem: asReason(choice) });
    state.warn(`A selection signal was ignored: ${choice}`);
  });

  setHandler(
    selectThumbnail,
    (value) => {
      take(asSelection(value));
      return acknowledge(state);
    },
    { validator: (value) => refuse(refuseChoice(asSelection(value).choice, selectionState(state))) },
  );

  setHandler(
    undoSelection,
    () => {
      state.undoChoice();
      takeChange();
      return acknowledge(state);
    },
    { validator: () => refuse(refuseUndo(state)) },
  );

  setHandler(beginPublishing, () => state.beginPublishing(), {
    validator: () => refuse(stages.refusePublishing()),
  });

  setHandler(
    correctMatch,
    (value) => {
      state.correct(parseCorrections(value));
      if (state.attention && fixedByCorrections.includes(state.attention.code)) {
        state.note = 'Trying again with the correction.';
        retry();
      }
      return acknowledge(state);
    },
    { validator: (value) => refuse(refuseCorrections(value, state)) },
  );

  setHandler(
    retryStage,
    (value?: unknown) => {
      const order = asRetryOrder(value);
      state.chooseHost(order.host);
      retry(order);
      return acknowledge(state);
    },
    { validator: (value?: unknown) => refuse(refuseRetry(asRetryOrder(value), state)) },
  );
}

function selectionState(state: VideoState): SelectionState {
  const { choiceFixed: fixed, candidates, durationSeconds } = state;
  return { fixed, candidates, durationSeconds, undoable: state.undoing ? state.choice : undefined };
}

function refuseRetry(order: RetryOrder, { stage, attention, waitingFor }: VideoState): string | undefined {
  if (stage !== 'NEEDS_ATTENTION' && !waitingFor) {
    return `There is nothing to retry: the video is ${stage}, and failed steps are retried automatically.`;
  }
  const host = order.host === undefined ? undefined : chooseHost(order.host, attention?.hosts);
  if (typeof host === 'string') return host;
  if (order.sendAgain !== true || mayBeSentAgain((attention ?? waitingFor)?.code)) return undefined;
  return 'Only an upload whose outcome is unknown, or a video that was deleted, can be sent again: any other upload resumes where it stopped.';
}

function refuseUndo(state: VideoState): string | undefined {
  if (!state.choice) return 'Nothing has been chosen for this video.';
  if (state.undoing) return undefined;
  return state.isCarriedOut ? 'It is too late to undo the choice: it is already being carried out.' : undefined;
}

/** The choice in a signal, or why the signal is ignored. */
function readSignalFor(state: VideoState, message: unknown): Choice | string {
  const signal = readSignal(message);
  if (typeof signal === 'string') return signal;
  const { videoPath, choice } = signal;
  if (videoPath !== state.videoPath) return `it names ${videoPath}, not ${state.videoPath}.`;
  const fixed = state.choiceFixed || (state.isCarriedOut && !choiceStaysOpen());
  return refuseChoice(choice, { ...selectionState(state), fixed }) ?? choice;
}

function refuseCorrections(value: unknown, state: VideoState): string | undefined {
  if (state.publishing) return changeLater(state.videoId);
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
  throw refusal(selection);
}

function asRetryOrder(value: unknown): RetryOrder {
  const order = readRetryOrder(value);
  if (typeof order !== 'string') return order;
  throw refusal(order);
}

function refuse(problem: string | undefined): void {
  if (problem) throw refusal(problem);
}

const refusal = (problem: string) => ApplicationFailure.nonRetryable(asReason(problem), 'REFUSED');
