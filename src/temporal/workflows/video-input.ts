import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';
import { type CarriedRun, readCarriedRun } from '../../domain/carried-run.ts';
import {
  hasField,
  readUncheckedInput,
  readVideoInput,
  type VideoInput,
  withoutField,
} from '../../domain/video-input.ts';
import type { VideoSettings } from '../activity-types.ts';
import type { ProcessVideoInput } from '../names.ts';
import { checksInput, mayHideNames, takesFirstChoice, takesFirstCorrections, takesPriority } from './patches.ts';

/** The input of a run that continues another one: the same as that one's, and what it has handed over. */
export type ContinuedInput = ProcessVideoInput & { readonly carried?: unknown };

const chosenFirst = ['choice', 'look'] as const;

/** @throws ApplicationFailure BAD_INPUT naming the field, before anything else happens */
export function inputOf(value: unknown): VideoInput {
  const isPath = typeof (value as Partial<VideoInput> | null)?.videoPath === 'string';
  if (isPath && !checksInput()) return readUncheckedInput(value as VideoInput);
  let taken = value;
  if (hasField(value, 'corrections') && !takesFirstCorrections()) taken = withoutField(taken, 'corrections');
  if (hasField(value, 'priority') && !takesPriority()) taken = withoutField(taken, 'priority');
  if (chosenFirst.some((field) => hasField(value, field)) && !takesFirstChoice()) {
    taken = chosenFirst.reduce(withoutField, taken);
  }
  if (hasField(value, 'hidesNames') && !mayHideNames()) taken = withoutField(taken, 'hidesNames');
  const input = readVideoInput(taken);
  if (typeof input === 'string') throw badInput(input);
  return input;
}

/**
 * What the run before has handed over; undefined in a first run, whatever its client has sent.
 * @throws ApplicationFailure BAD_INPUT
 */
export function carriedOf({ carried }: ContinuedInput): CarriedRun | undefined {
  if (carried === undefined || workflowInfo().continuedFromExecutionRunId === undefined) return undefined;
  const run = readCarriedRun(carried);
  if (typeof run === 'string') throw badInput(run);
  return run;
}

/** What a client wishes for this video comes before the settings of its host. */
export function settingsOf(input: VideoInput, defaults: VideoSettings): VideoSettings {
  return {
    ...defaults,
    topN: input.topN ?? defaults.topN,
    templateName: input.templateName ?? defaults.templateName,
    selectionTimeoutSeconds: input.selectionTimeoutSeconds ?? defaults.selectionTimeoutSeconds,
    selectionPolicy: input.selectionPolicy ?? defaults.selectionPolicy,
  };
}

const badInput = (problem: string) => ApplicationFailure.nonRetryable(problem, 'BAD_INPUT');
