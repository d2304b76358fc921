import type { Client } from '@temporalio/client';
import type { LiveHosts } from './activity-types.ts';
import { pollersOf } from './pollers.ts';
import { readWorkerIdentity } from './worker-identity.ts';
import type { Host } from './worker-parts.ts';

/**
 * The machines whose workers have asked for work lately, so some may be off by now; one that runs is always among them,
 * once it has asked.
 * @param taskQueue the shared one
 */
export async function liveHosts(client: Client, taskQueue: string): Promise<LiveHosts> {
  const pollers = await pollersOf(client, taskQueue, 'activities');
  const identities = pollers.map(({ identity }) => identity ?? '');
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
