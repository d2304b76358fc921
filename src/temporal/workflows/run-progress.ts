import type { CarriedProgress, CarriedRun } from '../../domain/carried-run.ts';
import type { Corrections } from '../../domain/corrections.ts';
import type { Choice } from '../../domain/selection.ts';
import type { VideoSettings } from '../activity-types.ts';
import type { EarlyUpload } from './early-upload.ts';
import type { HostSearch } from './find-host.ts';
import type { PatientStages } from './patient-stage.ts';
import type { VideoState } from './video-state.ts';

export interface DrawnThumbnail {
  readonly file: string;
  /** What the thumbnail was drawn with: it is redrawn if a correction has arrived since. */
  readonly corrections: Corrections;
}

/** How far a run has come, besides what is shown of its video. */
export interface RunProgress {
  /** Undefined until a host has accepted the video. */
  settings?: VideoSettings;
  isPrepared: boolean;
  /** Milliseconds since 1970: when the policy chooses, while a person is waited for. */
  selectionDeadline?: number | undefined;
  /** The choice whose frame has been taken from the recording. */
  selected?: Choice | undefined;
  drawn?: DrawnThumbnail;
  /** The order to send again that was followed last. */
  followed?: string | undefined;
}

/** One run of the workflow. */
export interface Run {
  readonly state: VideoState;
  readonly stages: PatientStages;
  readonly early: EarlyUpload;
  readonly search: HostSearch;
  readonly progress: RunProgress;
}

/** Everything that the next run has to know. */
export function carryRun({ state, stages, early, search, progress }: Run): CarriedRun {
  const { settings, isPrepared, selectionDeadline, selected, drawn, followed } = progress;
  const carried: CarriedProgress = {
    settings,
    isPrepared,
    selectionDeadline,
    isSelected: selected !== undefined && selected === state.choice,
    drawn: drawn && { file: drawn.file, isCurrent: drawn.corrections === state.corrections },
    followed,
    gaveUpEarly: early.hasFailed,
    timesAskedInVain: search.timesInVain,
    ...stages.carry(),
  };
  return { version: 1, state: state.carry(), progress: carried };
}

/** Puts a run where the one before it was. */
export function takeOverRun({ state, stages, early, search, progress }: Run, carried: CarriedRun): void {
  state.takeOver(carried.state);
  const { settings, isPrepared, selectionDeadline, isSelected, drawn, followed } = carried.progress;
  if (settings) progress.settings = settings as VideoSettings;
  progress.isPrepared = isPrepared;
  progress.selectionDeadline = selectionDeadline;
  progress.selected = isSelected ? state.choice : undefined;
  if (drawn) progress.drawn = { file: drawn.file, corrections: drawn.isCurrent ? state.corrections : {} };
  progress.followed = followed;
  early.hasFailed = carried.progress.gaveUpEarly;
  search.timesInVain = carried.progress.timesAskedInVain;
  stages.takeOver(carried.progress);
}
