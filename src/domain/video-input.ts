import { z } from 'zod';
import { pathSchema, problemsOf, withoutNulls } from './bounds.ts';
import { firstCorrectionsSchema } from './corrections.ts';
import { designNameSchema, lookSchema } from './look.ts';
import { firstChoiceSchema } from './selection.ts';
import { videoPriorities } from './video-priority.ts';

export const selectionPolicies = ['wait', 'best', 'cancel'] as const;
export type SelectionPolicy = (typeof selectionPolicies)[number];

const mostCandidates = 50;
const howMany = `topN must be a whole number from 1 to ${mostCandidates}`;
const longestTimeoutSeconds = 365 * 86_400;

/**
 * The input with which our own and foreign clients may start a video. Only `videoPath` is required, null means absent,
 * and unknown fields are ignored: a newer client may know more than this program.
 */
const inputSchema = withoutNulls(
  z.object(
    {
      videoPath: pathSchema,
      topN: z.int(howMany).min(1, howMany).max(mostCandidates, howMany).optional(),
      templateName: designNameSchema('templateName').optional(),
      hostId: z
        .string('hostId must be text')
        .regex(/^[A-Za-z0-9._-]{1,64}$/, 'hostId must be 1 to 64 letters, digits, dots, dashes or underscores')
        .optional(),
      selectionTimeoutSeconds: z
        .number('selectionTimeoutSeconds must be a number of seconds')
        .min(0, 'selectionTimeoutSeconds must not be negative')
        .max(longestTimeoutSeconds, `selectionTimeoutSeconds must be at most ${longestTimeoutSeconds}`)
        .optional(),
      selectionPolicy: z
        .enum(selectionPolicies, `selectionPolicy must be one of ${selectionPolicies.join(', ')}`)
        .optional(),
      priority: z.enum(videoPriorities, `priority must be one of ${videoPriorities.join(', ')}`).optional(),
      corrections: firstCorrectionsSchema.optional(),
      choice: firstChoiceSchema.optional(),
      look: lookSchema.optional(),
      hidesNames: z.boolean('hidesNames must be true or false').optional(),
    },
    'the input must be an object with videoPath, the path of a recording',
  ),
);
export type VideoInput = z.output<typeof inputSchema>;

/** Reads what a workflow was started with; returns a sentence that names the field if it is unusable. */
export function readVideoInput(value: unknown): VideoInput | string {
  const read = inputSchema.safeParse(value);
  return read.success ? read.data : `The input is wrong: ${problemsOf(read.error)}.`;
}

/**
 * Reads the input of a run that began before inputs were checked: unusable fields are left out, so that the run uses
 * the defaults and is never failed by a check introduced later.
 */
export function readUncheckedInput(value: { readonly videoPath: string }): VideoInput {
  const { videoPath } = value;
  const given = laterFields.reduce<unknown>(withoutField, value) as Record<string, unknown>;
  const usable = Object.entries(given).filter(([name, one]) => {
    return name !== 'videoPath' && inputSchema.safeParse({ videoPath: 'a', [name]: one }).success;
  });
  return { ...inputSchema.parse({ ...Object.fromEntries(usable), videoPath: 'a' }), videoPath };
}

/** Fields that earlier versions of the program ignored. */
const laterFields = ['corrections', 'priority', 'hidesNames', 'choice', 'look'] as const;
export type LaterField = (typeof laterFields)[number];

/** Whether an input has the field, right or wrong. */
export const hasField = (value: unknown, name: LaterField): boolean =>
  typeof value === 'object' && value !== null && (value as Record<string, unknown>)[name] != null;

/** The input of a run that began before there was such a field. */
export function withoutField(value: unknown, name: LaterField): unknown {
  if (!hasField(value, name)) return value;
  const { [name]: _, ...rest } = value as Record<string, unknown>;
  return rest;
}
