import { randomBytes } from 'node:crypto';
import { type HostSummary, listHosts } from '../../temporal/client/hosts.ts';
import { ago, print, say, table } from '../output.ts';
import { withTemporal } from '../session.ts';

const notKnown = 'not known';
const mostVideos = 3;

/** Enough that nobody guesses it (256 bits). */
const keyBytes = 32;

export async function hosts({ json, newKey }: { json?: true; newKey?: true }): Promise<void> {
  if (newKey) return printKey(json);
  await withTemporal(async ({ client, config }) => {
    const all = await listHosts(client, config.TASK_QUEUE);
    print(json, { hosts: all }, () => {
      if (all.length === 0) return 'No machine has asked for work lately. Start one with: npm start';
      return table(['MACHINE', 'ID', 'STATE', 'VERSION', 'SINCE', 'FREE', 'QUEUES', 'VIDEOS'], all.map(row));
    });
  });
}

function printKey(json: true | undefined): void {
  const key = randomBytes(keyBytes).toString('base64url');
  print(json, { key }, () => `BADMINTON_MACHINES_KEY=${key}`);
  if (!json)
    say(
      'Write this line into the .env of every machine, and start their programs again. Whoever has it sees the videos of all.',
    );
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
