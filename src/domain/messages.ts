import { z } from 'zod';
import { nameSchema, pathSchema, problemsOf, withoutNulls } from './bounds.ts';
import type { Choice } from './selection.ts';

const signalSchema = withoutNulls(
  z.object(
    { videoPath: pathSchema, selectedFrame: nameSchema('selectedFrame').optional() },
    'the signal must be an object with videoPath',
  ),
);

/** Reads the signal that any client may send; returns a sentence if it is not one. */
export function readSignal(value: unknown): { readonly videoPath: string; readonly choice: Choice } | string {
  const read = signalSchema.safeParse(value);
  if (!read.success) return `${problemsOf(read.error)}.`;
  const { videoPath, selectedFrame: frame } = read.data;
  return { videoPath, choice: frame === undefined ? { best: true } : { frame } };
}

/** What a person may add to a retry. */
export interface RetryOrder {
  /** A person looked: the upload whose outcome is unknown is not on the channel, and should be sent again. */
  readonly sendAgain?: boolean | undefined;
  /** Of several machines that have a recording at this path, the one whose is meant: its id or its name. */
  readonly host?: string | undefined;
}

const retrySchema = withoutNulls(
  z.object(
    { sendAgain: z.boolean('sendAgain must be true or false').optional(), host: nameSchema('host').optional() },
    'a retry takes { sendAgain, host } or nothing',
  ),
);

/** Reads the input of a retry, if any; returns a sentence if it is unusable. */
export function readRetryOrder(value: unknown): RetryOrder | string {
  const read = retrySchema.safeParse(value ?? {});
  return read.success ? read.data : `${problemsOf(read.error)}.`;
}
