import { z } from 'zod';
import { matchTypes } from '../../domain/match.ts';
import { stages } from '../../domain/stages.ts';
import type { VideoMemo } from '../names.ts';

const text = z.string().optional().catch(undefined);
const attention = z.object({
  stage: z.enum(stages),
  code: z.string(),
  reason: z.string(),
  action: z.string(),
  failingSince: z.iso.datetime().optional().catch(undefined),
  hosts: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .optional()
    .catch(undefined),
});
const team = z.array(z.string());
const match = z.object({ matchType: z.enum(matchTypes), teams: z.tuple([team, team]), tournament: z.string() });
const waiting = z.object({ code: z.string(), reason: z.string(), action: z.string(), until: z.iso.datetime() });

export type KnownMemo = { readonly [Field in keyof VideoMemo]?: VideoMemo[Field] | undefined };

/** Any client may have written it, so fields that do not match are dropped. */
const memoSchema = z.object({
  videoPath: text,
  recording: text,
  firstRunId: text,
  startedAt: z.iso.datetime().optional().catch(undefined),
  hostId: text,
  hostName: text,
  contentId: text,
  title: text,
  match: match.optional().catch(undefined),
  recordedOn: text,
  candidates: z.number().optional().catch(undefined),
  undoUntil: text,
  changeable: z.boolean().optional().catch(undefined),
  warnings: z.array(z.string()).optional().catch(undefined),
  attention: attention.optional().catch(undefined),
  waiting: waiting.optional().catch(undefined),
  note: text,
  privateUrl: text,
  watchUrl: text,
  rehearsal: z.boolean().optional().catch(undefined),
} satisfies Record<keyof VideoMemo, z.ZodType>);

/** The memo `video` of a run, as far as it is valid. */
export const readMemo = (value: unknown): KnownMemo => memoSchema.safeParse(value).data ?? {};
