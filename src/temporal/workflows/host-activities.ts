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
  /** @param summary what it is called for; the Temporal Web UI shows that beside the activity's name */
  const on = (taskQueue: string, options: ActivityOptions, priorityKey: number, summary: string) =>
    checkedActivities(
      proxyActivities<Activities>({ ...options, taskQueue, priority: { priorityKey }, summary }),
      named,
    );
  return {
    prepare: on(cpu, fastLocal(settings), 2, 'reads the recording'),
    rank: on(cpu, longLocal(settings), 4, 'finds the best frames'),
    select: on(cpu, fastLocal(settings), 2, 'takes the chosen frame'),
    draw: on(cpu, fastLocal(settings), 2, 'draws the thumbnail'),
    sendEarly: on(upload, remotePublish(settings), 4, 'sends the recording, before the choice'),
    send: on(upload, remotePublish(settings), 2, 'sends the recording'),
    publish: on(upload, remotePublish(settings), 2, 'publishes the video'),
    cleanUp: on(upload, remotePublish(settings), 2, 'moves the recording'),
  };
}
