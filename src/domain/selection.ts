/** What may be chosen as the frame: a ranked candidate by name, any moment of the recording, or the best candidate. */
export type Choice = { readonly frame: string } | { readonly atSeconds: number } | { readonly best: true };

export interface Candidate {
  /** 1 is the best. */
  readonly rank: number;
  /** File name inside the workspace's `candidates` folder: the frame's name in every message. */
  readonly frame: string;
  /** Seconds from the start of the recording. */
  readonly time: number;
  readonly score: number;
  /** Why it stands where it does, for people. */
  readonly why: string;
}

/** What a choice is judged against. */
export interface SelectionState {
  /** The choice is made and being carried out. */
  readonly fixed: boolean;
  /** Undefined while ranking has not ended. */
  readonly candidates?: readonly Candidate[] | undefined;
  /** Undefined while the recording has not been probed. */
  readonly durationSeconds?: number | undefined;
}

/** Reads a choice from whatever a client sent; undefined when it is none. */
export function readChoice(value: unknown): Choice | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
  if ('frame' in value && typeof value.frame === 'string' && value.frame !== '') return { frame: value.frame };
  if ('atSeconds' in value && Number.isFinite(value.atSeconds)) return { atSeconds: Number(value.atSeconds) };
  if ('best' in value && value.best === true) return { best: true };
  return undefined;
}

/** The sentence that refuses a choice, or undefined when it may be taken. */
export function refuseChoice(choice: Choice, state: SelectionState): string | undefined {
  if (state.fixed) return 'The choice has already been made for this video.';
  if ('frame' in choice) {
    if (!state.candidates) return 'Ranking has not ended: choose a moment (atSeconds) or the best frame, or wait.';
    if (state.candidates.some(({ frame }) => frame === choice.frame)) return undefined;
    const names = state.candidates.map(({ frame }) => frame).join(', ');
    return `There is no candidate ${choice.frame}; there are ${names}.`;
  }
  if ('atSeconds' in choice) {
    if (choice.atSeconds < 0) return 'The moment must not be before the start of the recording.';
    if (state.durationSeconds !== undefined && choice.atSeconds > state.durationSeconds) {
      return `The recording ends at ${state.durationSeconds.toFixed(1)} s; ${choice.atSeconds} s is past its end.`;
    }
  }
  return undefined;
}
