import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { askHostsWorkflowType } from '../names.ts';
import { carryQuestion } from './carry-question.ts';

const factsOf = z.object({
  buildId: z.string(),
  startedAt: z.iso.datetime(),
  freeBytes: z.number(),
  /** A program from before this question does not say. */
  studioAddresses: z.array(z.string().max(100)).max(20).optional(),
});
const answersOf = z.record(z.string(), factsOf.nullable());
export type HostAnswers = z.infer<typeof answersOf>;

/** Milliseconds. */
const answerWithin = 6000;

/**
 * What machines say of themselves, by their ids; null for one that gave no answer, and nothing at all where nobody could
 * carry the question.
 */
export async function askHosts(client: Client, taskQueue: string, ids: readonly string[]): Promise<HostAnswers> {
  const question = { taskQueue, args: [ids], answerWithin, waitFor: answerWithin };
  try {
    const answers = await carryQuestion<unknown>(client, askHostsWorkflowType, 'hosts', question);
    return answersOf.catch({}).parse(answers);
  } catch {
    return {};
  }
}
