import type { Client } from '@temporalio/client';
import type { Stage } from '../../domain/stages.ts';
import { liveHosts } from '../live-hosts.ts';
import type { VideoSummary } from './video-summary.ts';

/** In these, a video needs its machine. Its workflow does not know whether that is running: waiting costs no events. */
const working: readonly Stage[] = ['PREPARING', 'RANKING', 'SELECTING', 'ENHANCING', 'UPLOADING', 'CLEANING_UP'];

/** Milliseconds for which an answer of the server is used again. */
const lasts = 5000;
/** Milliseconds. */
const answerWithin = 3000;

type Ids = ReadonlySet<string> | undefined;
const answers = new WeakMap<Client, Map<string, { readonly at: number; readonly ids: Promise<Ids> }>>();

/** The same videos; those whose machine does not run say so. */
export async function noteAbsentHosts<T extends VideoSummary>(client: Client, videos: readonly T[]): Promise<T[]> {
  return Promise.all(
    videos.map(async (video) => {
      if (!needsHost(video)) return video;
      const ids = await liveIds(client, video.taskQueue);
      return !ids || ids.has(video.hostId) ? video : { ...video, ...absence(video) };
    }),
  );
}

function needsHost<T extends VideoSummary>(video: T): video is T & { hostId: string; taskQueue: string } {
  const { stage, hostId, taskQueue, waiting, note, undoUntil } = video;
  const isWorking = working.includes(stage) && !waiting && !note && !undoUntil;
  return isWorking && hostId !== undefined && taskQueue !== undefined;
}

function absence({ hostName }: VideoSummary) {
  const whose = hostName === undefined ? 'the machine of its recording' : hostName;
  const note = `No worker on ${whose} has asked for work lately: it is off or not running (start one there with npx badminton worker).`;
  return { note, next: note };
}

/** Ids of the hosts whose workers have asked for work lately; undefined if that cannot be known. */
function liveIds(client: Client, taskQueue: string): Promise<Ids> {
  const known = answers.get(client) ?? new Map();
  answers.set(client, known);
  const answer = known.get(taskQueue);
  if (answer && Date.now() - answer.at < lasts) return answer.ids;
  const ids = client
    .withDeadline(Date.now() + answerWithin, () => liveHosts(client, taskQueue))
    .then(
      // A worker that does not say which machine is its own may be on any.
      ({ hosts, others }) => (others.length > 0 ? undefined : new Set(hosts.map(({ id }) => id))),
      () => undefined,
    );
  known.set(taskQueue, { at: Date.now(), ids });
  return ids;
}
