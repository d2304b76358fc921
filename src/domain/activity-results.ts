import { z } from 'zod';
import { maxNameBytes, problemsOf } from './bounds.ts';
import { matchTypes } from './match-words.ts';
import { drawnRevisionSchema } from './revision-order.ts';
import { revisionReportSchema } from './revision-report.ts';
import { selectionPolicies } from './video-input.ts';

/**
 * What the workflow needs from each activity's result. Anyone with access to the server can complete an activity by
 * hand, with anything; an invalid result parks the video instead of breaking its run.
 */
const line = z.string().max(4096);
export const publishedSchema = z.object({
  youtubeId: line,
  watchUrl: line,
  title: z.string().max(1000),
  rehearsal: z.boolean(),
  warnings: z.array(z.string()).optional(),
});
export const settingsSchema = z.object({
  topN: z.number(),
  templateName: line,
  selectionTimeoutSeconds: z.number(),
  selectionPolicy: z.enum(selectionPolicies),
  heartbeatTimeoutSeconds: z.number(),
  hostTimeoutSeconds: z.number(),
  retryIntervalSeconds: z.number(),
  retryAttempts: z.number(),
  uploadRetryAttempts: z.number(),
  uploadEarly: z.boolean(),
  timeZone: line,
  studioUrl: line.optional(),
  hasLongQueues: z.boolean().optional(),
  hidesNames: z.boolean().optional(),
});
export const matchSchema = z.object({
  matchType: z.enum(matchTypes),
  teams: z.tuple([z.array(line), z.array(line)]),
  tournament: line,
});
export const candidateSchema = z.object({
  rank: z.number(),
  frame: z.string().min(1).max(maxNameBytes),
  time: z.number(),
  score: z.number(),
  why: line,
});
/** What the machine that did it is called now; results of earlier versions of the program lack it. */
const named = { hostName: line.optional() };

export const resultSchemas = {
  acceptVideoActivity: z.object({
    hostId: line,
    hostName: line,
    settings: settingsSchema,
  }),
  prepareVideoActivity: z.object({
    ...named,
    videoId: line,
    recording: line,
    durationSeconds: z.number(),
    match: matchSchema,
    recordedOn: z.iso.date(),
    title: z.string().max(1000),
    warnings: z.array(z.string()),
    published: publishedSchema.optional(),
  }),
  rankThumbnailsActivity: z.object({
    ...named,
    candidates: z.array(candidateSchema).max(100),
    notes: z.array(z.string()),
  }),
  selectThumbnailActivity: z.object({ ...named, frame: line, time: z.number() }),
  enhanceThumbnailActivity: z.object({ ...named, file: line, warnings: z.array(z.string()) }),
  uploadVideoActivity: publishedSchema.extend(named),
  lookAtPublishedActivity: revisionReportSchema.extend(named),
  drawRevisionActivity: drawnRevisionSchema.extend(named),
  reviseVideoActivity: revisionReportSchema.extend(named),
  cleanupVideoActivity: z.object({ ...named, movedTo: line.optional() }),
} as const;

/** What is wrong with the result of an activity; undefined if it is valid. */
export function problemOfResult(activity: keyof typeof resultSchemas, value: unknown): string | undefined {
  const read = resultSchemas[activity].safeParse(value);
  if (read.success) return undefined;
  const [issue] = read.error.issues;
  return `${issue?.path.join('.') || 'the result'}: ${problemsOf(read.error)}`;
}
