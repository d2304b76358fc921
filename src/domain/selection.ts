import { z } from 'zod';
import { nameSchema, problemsOf, withoutNulls } from './bounds.ts';
import { changeLater } from './change-later.ts';
import { type Look, lookSchema } from './look.ts';

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
  /** Why it is ranked where it is, for people. */
  readonly why: string;
}

/** A choice with everything that may accompany it. */
export interface Selection {
  readonly choice: Choice;
  readonly look?: Look;
  /** How long it can be undone before it takes effect; 0: not at all. */
  readonly undoSeconds: number;
}

/** What a choice is checked against. */
export interface SelectionState {
  /** The thumbnail of an earlier choice is being published, or has been. */
  readonly fixed: boolean;
  /** A choice that can still be undone. */
  readonly undoable?: Choice | undefined;
  /** Undefined until ranking has finished. */
  readonly candidates?: readonly Candidate[] | undefined;
  /** Undefined until the recording has been probed. */
  readonly durationSeconds?: number | undefined;
}

const longestUndoSeconds = 60;
const tooLateToChoose = `It is too late to choose another frame. ${changeLater('ID --frame NUMBER')}`;
const howToChoose = 'A choice is one of { frame }, { atSeconds } or { best: true }.';

const selectionSchema = withoutNulls(
  z.object({
    frame: nameSchema('frame').optional(),
    atSeconds: z.number('atSeconds must be a number of seconds').optional(),
    best: z.literal(true, 'best must be true').optional(),
    look: lookSchema.optional(),
    undoSeconds: z
      .number('undoSeconds must be a number of seconds')
      .min(0, 'undoSeconds must not be negative')
      .max(longestUndoSeconds, `undoSeconds must be at most ${longestUndoSeconds}`)
      .default(0),
  }),
);

/** The choice that a video starts with; whether there is such a frame is known only once it is ranked. */
export const firstChoiceSchema = z.union(
  [
    z.strictObject({ frame: nameSchema('frame') }),
    z.strictObject({ atSeconds: z.number().min(0) }),
    z.strictObject({ best: z.literal(true) }),
  ],
  howToChoose.replace(/\.$/, ''),
);

/** Reads a selection from whatever a client sent; returns a sentence if it is not one. */
export function readSelection(value: unknown): Selection | string {
  const read = selectionSchema.safeParse(value);
  if (!read.success) return `${howToChoose} (${problemsOf(read.error)})`;
  const { frame, atSeconds, best, look, undoSeconds } = read.data;
  const choices: Choice[] = [
    ...(frame === undefined ? [] : [{ frame }]),
    ...(atSeconds === undefined ? [] : [{ atSeconds }]),
    ...(best === undefined ? [] : [{ best }]),
  ];
  const [choice, ...others] = choices;
  if (!choice || others.length > 0) return howToChoose;
  return { choice, undoSeconds, ...(look && { look }) };
}

/** The sentence that refuses a choice, or undefined if it is acceptable. */
export function refuseChoice(choice: Choice, state: SelectionState): string | undefined {
  if (state.fixed) return tooLateToChoose;
  if (state.undoable) {
    return `${describeChoice(state.undoable, state.candidates)} has just been chosen for this video, and can still be undone.`;
  }
  if ('frame' in choice) {
    if (!state.candidates) return 'Ranking has not finished: choose a moment (atSeconds) or the best frame, or wait.';
    if (state.candidates.some(({ frame }) => frame === choice.frame)) return undefined;
    const names = state.candidates.map(({ frame }) => frame).join(', ');
    return `There is no candidate ${choice.frame}; there are ${names}.`;
  }
  if ('atSeconds' in choice) {
    if (choice.atSeconds < 0) return 'The moment is before the start of the recording.';
    if (state.durationSeconds !== undefined && choice.atSeconds > state.durationSeconds) {
      return `The recording ends at ${state.durationSeconds.toFixed(1)} s; ${choice.atSeconds} s is past its end.`;
    }
  }
  return undefined;
}

/** A choice in words, for the beginning of a sentence: by its moment, as a file name says nothing to a person. */
function describeChoice(choice: Choice, candidates: readonly Candidate[] = []): string {
  if ('frame' in choice) {
    const time = candidates.find(({ frame }) => frame === choice.frame)?.time;
    return time === undefined ? 'A frame' : `The frame at ${time.toFixed(1)} s`;
  }
  return 'atSeconds' in choice ? `The moment at ${choice.atSeconds.toFixed(1)} s` : 'The best candidate';
}
