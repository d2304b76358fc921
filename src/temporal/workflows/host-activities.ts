import { type ActivityOptions, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { VideoPriority } from '../../domain/video-priority.ts';
import { fastLocal, longLocal, priorityKeys, remotePublish } from '../activity-options.ts';
import type { Activities, VideoSettings } from '../activity-types.ts';
import { cpuQueue, earlyUploadQueue, rankQueue, uploadQueue } from '../names.ts';
import { checkedActivities } from './checked-activities.ts';

export type HostActivities = ReturnType<typeof activitiesOn>;

interface Place {
  readonly hostId: string;
  readonly priority?: VideoPriority | undefined;
  /** Long work of the same priority takes turns, one of each group. */
  readonly group?: string | undefined;
}

/**
 * The activities of one host. A chosen video takes precedence over those still being ranked.
 * @param named receives the current name of the host
 */
export function activitiesOn(
  { hostId, priority = 'normal', group }: Place,
  settings: VideoSettings,
  named: (hostName: string) => void,
) {
  const { taskQueue: shared } = workflowInfo();
  const cpu = cpuQueue(shared, hostId);
  const upload = uploadQueue(shared, hostId);
  const rank = settings.hasLongQueues ? rankQueue(shared, hostId) : cpu;
  const early = settings.hasLongQueues ? earlyUploadQueue(shared, hostId) : upload;
  const { chosen, prepare, long } = priorityKeys[priority];
  const turns = group === undefined ? {} : { fairnessKey: group };
  /** @param summary what it is called for; the Temporal Web UI shows that beside the activity's name */
  const on = (taskQueue: string, options: ActivityOptions, priorityKey: number, summary: string) =>
    checkedActivities(
      proxyActivities<Activities>({ ...options, taskQueue, priority: { priorityKey, ...turns }, summary }),
      named,
    );
  return {
    prepare: on(cpu, fastLocal(settings), prepare, 'reads the recording'),
    rank: on(rank, longLocal(settings), long, 'finds the best frames'),
    select: on(cpu, fastLocal(settings), chosen, 'takes the chosen frame'),
    draw: on(cpu, fastLocal(settings), chosen, 'draws the thumbnail'),
    sendEarly: on(early, remotePublish(settings), long, 'sends the recording, before the choice'),
    send: on(upload, remotePublish(settings), chosen, 'sends the recording'),
    publish: on(upload, remotePublish(settings), chosen, 'publishes the video'),
    cleanUp: on(upload, remotePublish(settings), chosen, 'moves the recording'),
  };
}
