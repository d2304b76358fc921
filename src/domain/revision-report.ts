import { z } from 'zod';
import { privacies } from './privacy.ts';
import { revisedFields } from './revision-plan.ts';

const text = z.string().max(6000);
const field = z.enum([...revisedFields, 'thumbnail', 'playlist']);

/**
 * - `looked`: nothing was changed, on purpose
 * - `revised`: the channel shows it as asked
 * - `unchanged`: it was as asked already
 * - `conflict`: somebody changed it on YouTube, so nothing more was changed; an attempt that was stopped may have begun
 * - `refused`: YouTube would not take it, so nothing was changed
 */
export const revisionOutcomes = ['looked', 'revised', 'unchanged', 'conflict', 'refused'] as const;
export type RevisionOutcome = (typeof revisionOutcomes)[number];

/** What became of a revision, or would become of it; texts are for people. */
export const revisionReportSchema = z.object({
  outcome: z.enum(revisionOutcomes),
  videoId: z.string().max(100),
  youtubeId: z.string().max(100),
  watchUrl: z.string().max(4096),
  rehearsal: z.boolean(),
  /** What the channel shows. */
  shown: z.object({ title: text, description: text, privacy: z.enum(privacies), publishAt: text.optional() }),
  /** A time of publishing can be set. */
  isScheduled: z.boolean(),
  changes: z.array(z.object({ field, before: text, after: text })),
  conflicts: z.array(z.object({ field, published: text.optional(), now: text, asked: text })),
  refused: z.array(z.object({ field, problem: text })),
  /** Of YouTube's quota, unless something fails on the way. */
  unitsAtMost: z.number(),
  /** There is an earlier state to put back. */
  canPutBack: z.boolean(),
  warnings: z.array(text),
});

export type RevisionReport = z.infer<typeof revisionReportSchema>;
export type ReportedChange = RevisionReport['changes'][number];
