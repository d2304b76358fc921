import type { Client } from '@temporalio/client';
import { asReason } from '../../domain/bounds.ts';
import { queryStatus } from './control.ts';
import { innermostMessageOf } from './decode.ts';
import { RefusedError } from './errors.ts';

/**
 * Why a video does not react to a request:
 * - `failing`: a worker cannot run its workflow
 * - `without-worker`: no worker answers a query
 * - `working`: a worker runs it, and its current work has not ended yet
 */
export type Delay =
  | { readonly kind: 'failing'; readonly reason: string }
  | { readonly kind: 'without-worker' | 'working' };

const eventsRead = 50;

export async function whyDelayed(client: Client, videoId: string): Promise<Delay> {
  const reason = await lastTaskFailure(client, videoId);
  if (reason !== undefined) return { kind: 'failing', reason };
  try {
    await queryStatus(client, videoId);
    return { kind: 'working' };
  } catch (error) {
    if (error instanceof RefusedError) return { kind: 'without-worker' };
    throw error;
  }
}

/** Why the last workflow task failed; undefined if it did not. The history shows only its first attempt. */
async function lastTaskFailure(client: Client, workflowId: string): Promise<string | undefined> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId },
    maximumPageSize: eventsRead,
  });
  for (const event of history?.events ?? []) {
    if (event.workflowTaskCompletedEventAttributes) return undefined;
    const { failure } = event.workflowTaskFailedEventAttributes ?? {};
    if (failure) return asReason(await innermostMessageOf(client, failure));
  }
  return undefined;
}
