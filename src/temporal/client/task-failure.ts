import type { Client } from '@temporalio/client';
import { asReason } from '../../domain/bounds.ts';
import { innermostMessageOf } from './decode.ts';

const eventsRead = 50;

/** Why the last workflow task failed; undefined if it did not. The history shows only its first attempt. */
export async function lastTaskFailure(client: Client, workflowId: string): Promise<string | undefined> {
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
