import type { Client } from '@temporalio/client';
import { cpuQueue, earlyUploadQueue, questionQueue, rankQueue, uploadQueue } from '../names.ts';
import { type Poller, pollersOf } from '../pollers.ts';
import { describeDeployment } from '../versions/deployment.ts';
import { describeVersion, readBuildId } from '../versions/program-version.ts';
import { readWorkerIdentity } from '../worker-identity.ts';
import { askHosts } from './ask-hosts.ts';
import { listVideos, type VideoSummary } from './videos.ts';

/** A machine that shares the videos. What is not known is absent. */
export interface HostSummary {
  /** Absent for a worker of another program, or of one from before machines had ids. */
  readonly id?: string;
  readonly name: string;
  /**
   * - `running`: it has just answered
   * - `seen`: it asked for work lately; whether it still runs is not known
   * - `away`: only its videos are known
   */
  readonly state: 'running' | 'seen' | 'away';
  readonly version?: string;
  /** Whether videos are run by its version. */
  readonly runsVideos?: boolean;
  /** Whether that one is newer than its own. */
  readonly isOlder?: boolean;
  /** ISO 8601: when its program was started. */
  readonly startedAt?: string;
  /** ISO 8601, by the server's clock: when it last asked for work. */
  readonly lastSeen?: string;
  /** From which it takes work. */
  readonly queues: readonly string[];
  readonly freeBytes?: number;
  /** Those that have not ended. */
  readonly videos: readonly Pick<VideoSummary, 'videoId' | 'recording' | 'title' | 'stage'>[];
}

/** Milliseconds: an idle worker asks for work once a minute. */
const seenLately = 75_000;

/** All machines that are known: those that asked for work lately, and those that have videos. */
export async function listHosts(client: Client, taskQueue: string): Promise<HostSummary[]> {
  const [workflows, activities, videos, { currentBuildId }] = await Promise.all([
    pollersOf(client, taskQueue, 'workflows'),
    pollersOf(client, taskQueue, 'activities'),
    listVideos(client, { running: true }),
    describeDeployment(client, taskQueue),
  ]);
  const current = currentBuildId === undefined ? undefined : readBuildId(currentBuildId);
  const seen = [...workflows, ...activities];
  const ids = new Set(seen.flatMap(({ identity }) => idOf(identity) ?? []));
  const isRun = workflows.some((one) => one.deploymentOptions?.buildId === currentBuildId && !isLate(one));
  const answers = isRun && ids.size > 0 ? await askHosts(client, taskQueue, [...ids]) : {};
  const running = [...ids].map(async (id): Promise<HostSummary> => {
    const own = (pollers: readonly Poller[]) => pollers.filter(({ identity }) => idOf(identity) === id);
    const newest = own(seen).sort((a, b) => millisecondsOf(b) - millisecondsOf(a))[0];
    const answer = answers[id];
    const buildId =
      answer?.buildId ??
      own(workflows)
        .map(({ deploymentOptions }) => deploymentOptions?.buildId)
        .find(Boolean);
    const version = buildId ? readBuildId(buildId) : undefined;
    return {
      id,
      name: readWorkerIdentity(newest?.identity ?? '').name,
      state: answer ? 'running' : 'seen',
      ...(version && { version: describeVersion(version) }),
      ...(buildId && { runsVideos: buildId === currentBuildId }),
      ...(version && current && { isOlder: version.changes < current.changes }),
      ...(answer && { startedAt: answer.startedAt, freeBytes: answer.freeBytes }),
      ...(newest && { lastSeen: lastSeen(newest) }),
      queues: await queuesOf(client, taskQueue, id),
      videos: videosOf(videos, id),
    };
  });
  const strangers = new Map(
    activities.flatMap((poller) => {
      const { identity } = poller;
      return idOf(identity) ? [] : [[readWorkerIdentity(identity ?? '').name, poller] as const];
    }),
  );
  const others = [...strangers].map(
    ([name, poller]): HostSummary => ({
      name,
      state: 'seen',
      lastSeen: lastSeen(poller),
      queues: [taskQueue],
      videos: [],
    }),
  );
  const away = new Map(
    videos.flatMap(({ hostId, hostName }) => (hostId && !ids.has(hostId) ? [[hostId, hostName]] : [])),
  );
  return [
    ...(await Promise.all(running)),
    ...others,
    ...[...away].map(
      ([id, name]): HostSummary => ({ id, name: name ?? id, state: 'away', queues: [], videos: videosOf(videos, id) }),
    ),
  ].sort((a, b) => a.name.localeCompare(b.name) || (a.id ?? '').localeCompare(b.id ?? ''));
}

async function queuesOf(client: Client, taskQueue: string, id: string): Promise<string[]> {
  const own = [cpuQueue, rankQueue, uploadQueue, earlyUploadQueue, questionQueue].map((queue) => queue(taskQueue, id));
  const polled = await Promise.all(own.map(async (name) => (await pollersOf(client, name, 'activities')).length > 0));
  return [taskQueue, ...own.filter((_, index) => polled[index])];
}

function idOf(identity: string | null | undefined): string | undefined {
  const worker = readWorkerIdentity(identity ?? '');
  return 'id' in worker ? worker.id : undefined;
}

const videosOf = (videos: readonly VideoSummary[], id: string): HostSummary['videos'] =>
  videos
    .filter(({ hostId }) => hostId === id)
    .map(({ videoId, recording, title, stage }) => ({ videoId, recording, stage, ...(title && { title }) }));

const lastSeen = (poller: Poller) => new Date(millisecondsOf(poller)).toISOString();

const isLate = (poller: Poller) => Date.now() - millisecondsOf(poller) > seenLately;

const millisecondsOf = ({ lastAccessTime }: Poller) =>
  Number(lastAccessTime?.seconds ?? 0) * 1000 + (lastAccessTime?.nanos ?? 0) / 1e6;
