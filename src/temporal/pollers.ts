import type { Client } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;

export type Poller = temporal.api.taskqueue.v1.IPollerInfo;

/** Who has asked a queue for work lately; the server remembers each for five minutes (`matching.PollerHistoryTTL`). */
export async function pollersOf(
  client: Client,
  taskQueue: string,
  kind: 'activities' | 'workflows',
): Promise<Poller[]> {
  const { namespace } = client.options;
  const { workflowService } = client;
  const { activityTaskQueuePartitions, workflowTaskQueuePartitions } = await workflowService.listTaskQueuePartitions({
    namespace,
    taskQueue: { name: taskQueue },
  });
  const partitions = kind === 'activities' ? activityTaskQueuePartitions : workflowTaskQueuePartitions;
  // A queue has several parts on a large server, each with workers of its own; without any it is one.
  const names = new Set([taskQueue, ...(partitions ?? []).map(({ key }) => key ?? taskQueue)]);
  const taskQueueType = kind === 'activities' ? TASK_QUEUE_TYPE_ACTIVITY : TASK_QUEUE_TYPE_WORKFLOW;
  const described = await Promise.all(
    [...names].map((name) => workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType })),
  );
  return described.flatMap(({ pollers }) => pollers ?? []);
}
