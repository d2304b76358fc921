import { z } from 'zod';
import { candidateSchema, matchSchema, publishedSchema, settingsSchema } from './activity-results.ts';
import { problemsOf } from './bounds.ts';
import { correctionsSchema } from './corrections.ts';
import { lookSchema } from './look.ts';
import { stages } from './stages.ts';

/**
 * What a run hands to the next one when its history has become long. A run of an earlier program may hand it to a later
 * one: a new field is optional, and a change of meaning is a new version.
 */
export const carriedVersion = 1;

/** Milliseconds since 1970. */
const moment = z.number();
const text = z.string();
const why = { code: text, reason: text, action: text };
const choice = z.union([
  z.object({ frame: text }),
  z.object({ atSeconds: z.number() }),
  z.object({ best: z.literal(true) }),
]);

/** Everything a run knows about its video; see `VideoState`. */
const stateSchema = z.object({
  startedAt: moment,
  stage: z.enum(stages),
  since: moment,
  stageSeconds: z.partialRecord(z.enum(stages), z.number()),
  hostId: text.optional(),
  chosenHost: text.optional(),
  hostName: text.optional(),
  contentId: text.optional(),
  title: text.optional(),
  match: matchSchema.optional(),
  recordedOn: text.optional(),
  durationSeconds: z.number().optional(),
  candidates: z.array(candidateSchema).optional(),
  choice: choice.optional(),
  chosenByPolicy: z.boolean(),
  look: lookSchema,
  undoUntil: moment.optional(),
  corrections: correctionsSchema,
  warnings: z.array(text),
  attention: z
    .object({
      ...why,
      stage: z.enum(stages),
      failingSince: text.optional(),
      hosts: z.array(z.object({ id: text, name: text })).optional(),
    })
    .optional(),
  waiting: z.object({ ...why, until: text }).optional(),
  note: text.optional(),
  timeZone: text.optional(),
  studioUrl: text.optional(),
  sent: publishedSchema.optional(),
  published: publishedSchema.optional(),
});
export type CarriedState = z.output<typeof stateSchema>;
export const carriedFields = Object.keys(stateSchema.shape) as readonly (keyof CarriedState)[];

/** How far the run has come; see `process-video.ts`. */
const progressSchema = z.object({
  /** Absent before a host has accepted the video. */
  settings: settingsSchema.optional(),
  isPrepared: z.boolean(),
  /** When the policy chooses, while a person is waited for. */
  selectionDeadline: moment.optional(),
  /** The frame of the choice has been taken from the recording. */
  isSelected: z.boolean(),
  /** The thumbnail, and whether it was drawn with the present corrections. */
  drawn: z.object({ file: text, isCurrent: z.boolean() }).optional(),
  /** The order to send again that was followed last. */
  followed: text.optional(),
  /** An early upload has failed: there is no other. */
  gaveUpEarly: z.boolean(),
  /** How often every host was asked for the recording in vain. */
  timesAskedInVain: z.number(),
  signInChecks: z.number(),
  /** What a person asked for with a retry. */
  asked: z.object({ askAgain: z.boolean().optional(), sendAgain: text.optional() }),
  /** Came while the run was about to end: a retry, and another choice than the one being carried out. */
  isRetryAsked: z.boolean(),
  isChoiceChanged: z.boolean(),
});
export type CarriedProgress = z.output<typeof progressSchema>;
export type CarriedPatience = Pick<CarriedProgress, 'signInChecks' | 'asked' | 'isRetryAsked' | 'isChoiceChanged'>;

const carriedSchema = z.object({ version: z.literal(carriedVersion), state: stateSchema, progress: progressSchema });
export type CarriedRun = z.output<typeof carriedSchema>;

/**
 * What the run before has handed over.
 * @returns a sentence if it is not that
 * @throws Error if a newer program has written it: only that one can continue the run
 */
export function readCarriedRun(value: unknown): CarriedRun | string {
  const { version } = (value ?? {}) as { version?: unknown };
  if (typeof version === 'number' && version > carriedVersion) {
    throw new Error(`A newer version of the program has continued this video (${version}). Update this one.`);
  }
  const read = carriedSchema.safeParse(value);
  return read.success ? read.data : `What the run before has handed over is wrong: ${problemsOf(read.error)}.`;
}
