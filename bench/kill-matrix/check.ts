import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { StoredVideo } from '../../src/local-youtube/library.ts';
import { thumbnailFile } from '../../src/stages/records.ts';
import { openStore } from '../../src/workspace/store.ts';
import type { Club } from './club.ts';
import { commandOf, processesOf, stillAlive } from './processes.ts';
import { type Content, sha256Of } from './recordings.ts';
import type { Rest } from './settle.ts';

export interface Finding {
  readonly lost: number;
  readonly doubled: number;
  readonly problems: readonly string[];
}

export interface Ending {
  readonly content: Content;
  readonly rest: Rest;
  /** It has been overwritten by the person, so it need not be anywhere. */
  readonly isOverwritten: boolean;
  /** Codes with which it may be parked at the end. */
  readonly trueCodes: readonly string[];
}

const temporary = /\.(tmp|draft|partial|part)$/;
/** The server's database and SQLite's own files come and go with their programs. */
const notOurs = ['temporal', 'locks'];

/** The one check after every run: the channel, the disk, the status and the processes, once everything was ended. */
export async function check(club: Club, endings: readonly Ending[]): Promise<Finding> {
  const problems: string[] = [];
  const channel = readChannel(club.youtubeFolder);
  const places = findRecordings(club);
  let [lost, doubled] = [0, 0];
  const store = openStore(club.dataFolder);
  try {
    for (const ending of endings) {
      const { content, rest, trueCodes } = ending;
      const say = (problem: string) => problems.push(`${content.videoId}: ${problem}`);
      const mine = channel.filter(({ tags }) => tags?.includes(content.videoId));
      if (mine.length > 1) doubled += 1;
      const isParked = rest.kind === 'parked' && trueCodes.includes(rest.code);
      const isGone = rest.kind === 'absent' && ending.isOverwritten;
      if (rest.kind === 'published' ? mine.length === 0 : !isParked && !isGone) {
        lost += 1;
        say(`lost: ${describeRest(rest)}`);
      }
      if (rest.kind === 'published') {
        for (const problem of whatDiffers(club, ending, mine[0])) say(problem);
        const known = store.ledger.all().filter(({ youtubeId }) => youtubeId === mine[0]?.id);
        if (known.length !== 1) say('the ledger does not name it once');
      } else if (!isPutAwayLast(rest) && mine.some(({ privacyStatus }) => privacyStatus !== 'private'))
        say('not published, but not private');
      for (const problem of whereItIs(club, ending, places)) say(problem);
    }
  } finally {
    store.close();
  }
  for (const file of walk(club.dataFolder, notOurs).concat(walk(club.input))) {
    if (temporary.test(file)) problems.push(`a temporary file: ${path.relative(club.folder, file)}`);
  }
  for (const pid of await stillAlive(processesOf(club.folder), 5000)) problems.push(`an orphan: ${commandOf(pid)}`);
  return { lost, doubled, problems };
}

/** It is published, and only its recording could not be put away. */
const isPutAwayLast = ({ kind, details }: Rest) => kind === 'parked' && details?.attention?.stage === 'CLEANING_UP';

interface OnChannel extends Pick<StoredVideo, 'id'> {
  readonly tags: readonly string[] | undefined;
  readonly privacyStatus: string | undefined;
  readonly recording: string;
  readonly thumbnail: string;
}

function readChannel(folder: string): OnChannel[] {
  const videos = path.join(folder, 'videos');
  if (!existsSync(videos)) return [];
  return readdirSync(videos).map((id) => {
    const file = (name: string) => path.join(videos, id, name);
    const { snippet, status } = JSON.parse(readFileSync(file('video.json'), 'utf8'));
    const { tags } = snippet ?? {};
    return {
      id,
      tags,
      privacyStatus: status?.privacyStatus,
      recording: file('recording'),
      thumbnail: file('thumbnail'),
    };
  });
}

function whatDiffers(club: Club, { content, rest }: Ending, video: OnChannel | undefined): string[] {
  if (!video) return [];
  const drawn = path.join(club.dataFolder, 'workspaces', content.videoId, thumbnailFile);
  const isSame = existsSync(video.thumbnail) && sha256Of(video.thumbnail) === sha256Of(drawn);
  const { watchUrl } = rest.details ?? {};
  return [
    ...(sha256Of(video.recording) === content.sha256 ? [] : ['other bytes on the channel']),
    ...(video.privacyStatus === 'unlisted' ? [] : [`it is ${video.privacyStatus}`]),
    ...(isSame ? [] : ['another thumbnail, or none']),
    ...(watchUrl?.includes(video.id) ? [] : [`the status names ${watchUrl}`]),
  ];
}

/** Each content is in exactly one place, and that is the one where the status says it is. */
function whereItIs(
  club: Club,
  { content, rest, isOverwritten }: Ending,
  places: ReadonlyMap<string, string[]>,
): string[] {
  const found = places.get(content.sha256) ?? [];
  const wanted = rest.kind === 'published' ? club.completed : club.input;
  if (isOverwritten && found.length === 0) return [];
  if (found.length !== 1) return [`the recording is in ${found.length} places: ${found.join(', ')}`];
  return path.dirname(found[0] ?? '') === wanted ? [] : [`${rest.kind}, but the recording is ${found[0]}`];
}

function findRecordings({ input, completed }: Club): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const file of [...walk(input), ...walk(completed)]) {
    const sha256 = sha256Of(file);
    places.set(sha256, [...(places.get(sha256) ?? []), file]);
  }
  return places;
}

function walk(folder: string, except: readonly string[] = []): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return except.includes(entry.name) ? [] : walk(file);
    return entry.isFile() ? [file] : [];
  });
}

export function describeRest(rest: Rest): string {
  if (rest.kind === 'parked') return `parked with ${rest.code}: ${rest.reason}`;
  const { stage, step, note } = rest.details ?? {};
  return [rest.kind, stage, step && `${step.activity} attempt ${step.attempt}: ${step.lastError ?? ''}`, note]
    .filter(Boolean)
    .join(', ');
}
