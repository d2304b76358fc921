import { type HostSummary, listHosts } from '../../temporal/client/hosts.ts';
import { ago, print, table } from '../output.ts';
import { withTemporal } from '../session.ts';

const notKnown = 'not known';
const mostVideos = 3;

export async function hosts({ json }: { json?: true }): Promise<void> {
  await withTemporal(async ({ client, config }) => {
    const all = await listHosts(client, config.TASK_QUEUE);
    print(json, { hosts: all }, () => {
      if (all.length === 0) return 'No machine has asked for work lately. Start one with: npm start';
      return table(['MACHINE', 'ID', 'STATE', 'VERSION', 'SINCE', 'FREE', 'QUEUES', 'VIDEOS'], all.map(row));
    });
  });
}

function row({ name, id, version, startedAt, freeBytes, queues, videos, ...host }: HostSummary): string[] {
  return [
    name,
    id ?? notKnown,
    host.lastSeen && host.state === 'seen' ? `seen ${ago(host.lastSeen)} ago` : host.state,
    version ? `${version}${role(host)}` : notKnown,
    startedAt ? ago(startedAt) : notKnown,
    freeBytes === undefined ? notKnown : `${(freeBytes / 1e9).toFixed(1)} GB`,
    queues.length > 0 ? queues.map(shortly).join(', ') : 'none',
    whatRuns(videos),
  ];
}

function role({ runsVideos, isOlder }: Pick<HostSummary, 'runsVideos' | 'isOlder'>): string {
  if (runsVideos) return ', runs the videos';
  return isOlder ? ', older' : '';
}

/** Without the machine's id, which is in its own column. */
const shortly = (queue: string) => queue.replace(/@.*$/, '');

function whatRuns(videos: HostSummary['videos']): string {
  const shown = videos.slice(0, mostVideos).map(({ stage, title, recording }) => `${stage} ${title ?? recording}`);
  const more = videos.length - shown.length;
  return shown.length === 0 ? 'none' : [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
