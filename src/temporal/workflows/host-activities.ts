import { type ActivityOptions, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { fastLocal, longLocal, remotePublish } from '../activity-options.ts';
import type { Activities, VideoSettings } from '../activity-types.ts';
import { cpuQueue, uploadQueue } from '../names.ts';
import { checkedActivities } from './checked-activities.ts';

export type HostActivities = ReturnType<typeof activitiesOn>;

/**
 * The activities of one host. A chosen video takes precedence over those still being ranked.
 * @param named receives the current name of the host
 */
export function activitiesOn(hostId: string, settings: VideoSettings, named: (hostName: string) => void) {
  const { taskQueue: shared } = workflowInfo();
  const cpu = cpuQueue(shared, hostId);
  const upload = uploadQueue(shared, hostId);
  const on = (taskQueue: string, options: ActivityOptions, priorityKey: number) =>
    checkedActivities(proxyActivities<Activities>({ ...options, taskQueue, priority: { priorityKey } }), named);
  return {
    fast: on(cpu, fastLocal(settings), 2),
    long: on(cpu, longLocal(settings), 4),
    publish: on(upload, remotePublish(settings), 2),
    publishLater: on(upload, remotePublish(settings), 4),
  };
}
