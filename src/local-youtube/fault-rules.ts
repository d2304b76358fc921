import { z } from 'zod';
import { apiCalls } from './api-call.ts';
import type { FaultRequest, FaultScript } from './fault.ts';
import { seededRandom } from './random.ts';
import { originOf } from './reasons.ts';

const count = z.int().min(1);
const bytes = z.int().min(0);

const fault = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('answer'),
      status: z.int().min(400).max(599).optional(),
      reason: z.string().optional(),
      domain: z.string().optional(),
      headers: z.record(z.string(), z.string()).optional(),
      afterBytes: bytes.optional(),
    })
    .refine(({ reason, status }) => status !== undefined || reason === undefined || originOf(reason) !== undefined, {
      error: 'is not in the tables of the API: give a status with it',
      path: ['reason'],
    }),
  z.strictObject({ kind: z.literal(['drop', 'stall']), afterBytes: bytes.optional() }),
  z.strictObject({ kind: z.literal('delay'), ms: z.number().min(0).max(600_000) }),
  z.strictObject({ kind: z.literal('keep'), bytes: z.int().min(0).multipleOf(262_144) }),
  z.strictObject({ kind: z.literal(['loseAnswer', 'truncateAnswer']) }),
]);

/** One line of a fault script: which requests, and what goes wrong with them. */
export const faultRule = z.strictObject({
  /** Everything given must match; an empty object matches every request. */
  when: z.strictObject({
    call: z.enum(apiCalls as [string, ...string[]]).optional(),
    method: z.string().optional(),
    /** The whole path, or its beginning when it ends with `*`. */
    path: z.string().optional(),
    /** The first request to strike, counted among those that match; 1 by default. */
    nth: count.optional(),
    /** How many to strike from there on; by default all, or one if `nth` is given. */
    times: count.optional(),
    /** Of those, each one with this probability. */
    chance: z.number().min(0).max(1).optional(),
  }),
  fault,
});

export type FaultRule = z.infer<typeof faultRule>;

/**
 * A fault script built from rules. The first rule that strikes wins; every rule keeps its own count from the start of
 * the script. The same seed and the same order of requests give the same faults.
 */
export function scriptFaults(rules: readonly FaultRule[], seed = 1): FaultScript {
  const random = seededRandom(seed);
  const counted = rules.map((rule) => ({ ...rule, seen: 0 }));
  return (request) => {
    let struck: FaultRule | undefined;
    for (const rule of counted) {
      const { nth, times = nth === undefined ? Number.POSITIVE_INFINITY : 1, chance } = rule.when;
      if (!fits(rule.when, request)) continue;
      rule.seen += 1;
      const first = nth ?? 1;
      const inTurn = rule.seen >= first && rule.seen < first + times;
      const chosen = chance === undefined || random() < chance;
      if (inTurn && chosen) struck ??= rule;
    }
    return struck?.fault;
  };
}

function fits({ call, method, path }: FaultRule['when'], request: FaultRequest): boolean {
  if (call !== undefined && call !== request.call) return false;
  if (method !== undefined && method !== request.method) return false;
  if (path === undefined) return true;
  return path.endsWith('*') ? request.path.startsWith(path.slice(0, -1)) : request.path === path;
}
