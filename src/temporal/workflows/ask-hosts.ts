import { ApplicationFailure, isCancellation, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { askHost } from '../activity-options.ts';
import type { Activities, HostFacts } from '../activity-types.ts';
import { questionQueue } from '../names.ts';

const mostHosts = 200;

/**
 * Asks machines about themselves, each on its own queue, because only an activity reaches a given machine.
 * @returns what each said, by its id; null for one that gave no answer
 */
export async function askHostsWorkflow(hostIds: unknown): Promise<Record<string, HostFacts | null>> {
  if (!areHostIds(hostIds))
    throw ApplicationFailure.nonRetryable('The input is not a list of ids of hosts.', 'BAD_INPUT');
  const answers = hostIds.map(async (id) => [id, await ask(id)] as const);
  return Object.fromEntries(await Promise.all(answers));
}

/** Anybody may start it, with anything. */
const areHostIds = (input: unknown): input is readonly string[] =>
  Array.isArray(input) && input.length <= mostHosts && input.every((id) => typeof id === 'string');

async function ask(hostId: string): Promise<HostFacts | null> {
  const taskQueue = questionQueue(workflowInfo().taskQueue, hostId);
  try {
    return await proxyActivities<Activities>({ ...askHost, taskQueue, ...once }).describeHostActivity();
  } catch (error) {
    if (isCancellation(error)) throw error;
    return null;
  }
}

/** A program from before this question fails at it, however often it is asked. */
const once = { retry: { maximumAttempts: 1 }, scheduleToCloseTimeout: '4 seconds' } as const;
