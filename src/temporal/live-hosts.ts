import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { LiveHosts } from './activity-types.ts';
import { readWorkerIdentity } from './worker-identity.ts';
import type { Host } from './worker-parts.ts';

/**
 * The machines whose workers have asked for work lately. The server remembers each for five minutes
 * (`matching.PollerHistoryTTL`), so some may be off by now; one that runs is always among them, once it has asked.
 * @param taskQueue the shared one
 */
export async function liveHosts(client: Client, taskQueue: string): Promise<LiveHosts> {
  const { namespace } = client.options;
  const { workflowService } = client;
  const { activityTaskQueuePartitions } = await workflowService.listTaskQueuePartitions({
    namespace,
    taskQueue: { name: taskQueue },
  });
  // A queue has several parts on a large server, each with workers of its own; without any it is one.
  const names = new Set([taskQueue, ...(activityTaskQueuePartitions ?? []).map(({ key }) => key ?? taskQueue)]);
  const taskQueueType = proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;
  const described = await Promise.all(
    [...names].map((name) => workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType })),
  );
  const identities = described.flatMap(({ pollers }) => pollers ?? []).map(({ identity }) => identity ?? '');
  const hosts = new Map<string, Host>();
  const others = new Set<string>();
  for (const identity of new Set(identities)) {
    const worker = readWorkerIdentity(identity);
    if ('id' in worker) hosts.set(worker.id, worker);
    else others.add(worker.name);
  }
  const byName = [...hosts.values()].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  return { hosts: byName, others: [...others].sort() };
}
