import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';

export interface FollowedHistory {
  readonly client: () => Promise<Client>;
  readonly videoId: string;
  readonly signal: AbortSignal;
}

/** Milliseconds. */
const longPoll = 20_000;
/** Until a server that was killed, or a video that does not exist yet, is asked again. */
const askAgain = 200;

/** Calls `completed` with the type of each activity as it completes, until aborted, whatever happens to the server. */
export async function followHistory(
  { client, videoId, signal }: FollowedHistory,
  completed: (activityType: string) => void,
): Promise<void> {
  const types = new Map<string, string>();
  let told = 0;
  let nextPageToken: Uint8Array = new Uint8Array();
  while (!signal.aborted) {
    try {
      const present = await client();
      const { namespace } = present.options;
      const request = { namespace, execution: { workflowId: videoId }, nextPageToken, waitNewEvent: true };
      const page = await present.withDeadline(Date.now() + longPoll, () =>
        present.workflowService.getWorkflowExecutionHistory(request),
      );
      for (const event of page.history?.events ?? []) {
        const id = Number(event.eventId);
        const scheduled = event.activityTaskScheduledEventAttributes;
        if (scheduled) types.set(String(id), scheduled.activityType?.name ?? '');
        const done = event.activityTaskCompletedEventAttributes;
        if (done && id > told && !signal.aborted) completed(types.get(String(done.scheduledEventId)) ?? '');
        told = Math.max(told, id);
      }
      nextPageToken = page.nextPageToken ?? new Uint8Array();
      if (nextPageToken.length === 0) return;
    } catch {
      nextPageToken = new Uint8Array();
      await sleep(askAgain, undefined, { signal }).catch(() => undefined);
    }
  }
}
