import { z } from 'zod';
import { byteLength, shorten, tidyLine } from './text.ts';

/**
 * Bounds on what other programs may send to a video. A value above its bound is refused, never truncated: that would
 * change its meaning. They keep a run alive: the server terminates one whose memo exceeds 2 MB (Temporal Cloud: 40 kB)
 * or whose search attribute exceeds 2,048 bytes.
 */
export const maxPathBytes = 4096;
/** As on every common file system. */
export const maxNameBytes = 255;
const maxNoteLength = 240;
const maxReasonLength = 600;

const bounded = (what: string, maxBytes: number) =>
  z
    .string(`${what} must be text`)
    .min(1, `${what} is empty`)
    .refine((text) => byteLength(text) <= maxBytes, `${what} is longer than ${maxBytes} bytes`)
    .refine((text) => !text.includes('\0'), `${what} contains a zero byte`);

/** Path of a recording, on any operating system. */
export const pathSchema = bounded('videoPath', maxPathBytes).refine(
  (path) => byteLength(path.split(/[\\/]/).at(-1) ?? '') <= maxNameBytes,
  `the file name of videoPath is longer than ${maxNameBytes} bytes`,
);

export const nameSchema = (what: string) => bounded(what, maxNameBytes);

/** An object in which null means absent: clients in other languages cannot always omit a field. */
export const withoutNulls = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
  }, schema);

/** A note for people: short, on one line, whatever was sent. */
export const asNote = (text: string): string => shorten(tidyLine(text.slice(0, 4 * maxNoteLength)), maxNoteLength);

/** A failure's reason or advice for people, on one line. */
export const asReason = (text: string): string =>
  shorten(tidyLine(text.slice(0, 4 * maxReasonLength)), maxReasonLength);

/** What is wrong: one sentence per problem, without a full stop and without duplicates. */
export function problemsOf(error: z.ZodError): string {
  return asNote([...new Set(error.issues.map(({ message }) => message))].join('; '));
}
