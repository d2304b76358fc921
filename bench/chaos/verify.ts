import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { StoredPlaylist } from '../../src/local-youtube/playlists.ts';
import type { LoggedRequest } from '../../src/local-youtube/request-log.ts';
import { preparedRecord, publicationRecord, thumbnailFile } from '../../src/stages/records.ts';
import { readRecord } from '../../src/workspace/record.ts';
import type { Store } from '../../src/workspace/store.ts';
import type { ChaosRecording } from './recordings.ts';

interface StoredVideo {
  readonly id: string;
  readonly snippet: { readonly title: string; readonly tags: readonly string[] };
  readonly status: { readonly privacyStatus: string };
}

/** What is on the channel and on the disk, compared with what should be, without asking the program under test. */
export async function verify(place: { recordings: readonly ChaosRecording[]; youtubeFolder: string; store: Store }) {
  const { recordings, youtubeFolder, store } = place;
  const problems: string[] = [];
  const folders = readdirSync(path.join(youtubeFolder, 'videos'));
  const videos = folders.map((id) => {
    const file = (name: string) => path.join(youtubeFolder, 'videos', id, name);
    return { file, ...(JSON.parse(readFileSync(file('video.json'), 'utf8')) as StoredVideo) };
  });
  if (videos.length !== recordings.length) problems.push(`${videos.length} videos for ${recordings.length} recordings`);
  const playlists = readAll<StoredPlaylist>(path.join(youtubeFolder, 'playlists'));
  if (new Set(playlists.map(({ title }) => title)).size !== playlists.length)
    problems.push('a playlist was made twice');
  const listed = playlists.flatMap(({ items }) => items.map(({ videoId }) => videoId));

  for (const { file, videoId, sha256 } of recordings) {
    const say = (problem: string) => problems.push(`${path.basename(file)}: ${problem}`);
    if (hash(file) !== sha256) say('the recording is not whole');
    const mine = videos.filter(({ snippet }) => snippet.tags.includes(videoId));
    const [video] = mine;
    if (!video || mine.length !== 1) {
      say(`${mine.length} videos`);
      continue;
    }
    if (hash(video.file('recording')) !== sha256) say('other bytes');
    if (video.status.privacyStatus !== 'public') say(`it is ${video.status.privacyStatus}`);
    const folder = path.join(store.workspaceRoot, videoId);
    const publication = readRecord(path.join(folder, publicationRecord('local').file), publicationRecord('local'));
    const prepared = readRecord(path.join(folder, preparedRecord.file), preparedRecord);
    const entry = prepared && store.ledger.find(prepared.fingerprint, 'local');
    if (entry?.youtubeId !== video.id) say('the ledger does not name it');
    if (publication && (!publication.confirmed || publication.youtubeId !== video.id)) say('the record names another');
    if (!video.snippet.title.startsWith(prepared?.match?.teams[0].join('/') ?? '?'))
      say(`it is called ${video.snippet.title}`);
    const picture = video.file('thumbnail');
    if (!existsSync(picture) || hash(picture) !== hash(path.join(folder, thumbnailFile))) {
      say(`another thumbnail (on record: ${publication?.thumbnailFailure?.warning ?? 'no failure'})`);
    }
    const times = listed.filter((id) => id === video.id).length;
    if (times !== 1) {
      say(`${times} times in its playlist (on record: ${publication?.playlistFailure?.warning ?? 'no failure'})`);
    }
  }
  const log = readFileSync(path.join(youtubeFolder, 'requests.jsonl'), 'utf8').split('\n').filter(Boolean);
  const requests = log.flatMap((line) => parse(line) ?? []);
  return {
    faults: requests.filter(({ fault }) => fault !== undefined).length,
    sessions: requests.filter(({ call, status }) => call === 'videos.insert' && status === 200).length,
    problems,
  };
}

const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

function readAll<T>(folder: string): T[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as T);
}

/** The last line before a kill may be cut off. */
function parse(line: string): LoggedRequest | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
