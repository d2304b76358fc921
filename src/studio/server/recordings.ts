import { stat } from 'node:fs/promises';
import path from 'node:path';
import { StageError } from '../../domain/errors.ts';
import { parseRecordingName } from '../../domain/file-name.ts';
import { displayTeams } from '../../domain/match.ts';
import { videoIdOf } from '../../domain/video-id.ts';
import { recordingsIn } from '../../intake/recordings.ts';
import { completenessOf } from '../../media/index.ts';
import { explainClientError, RefusedError } from '../../temporal/client/errors.ts';
import { listVideos } from '../../temporal/client/videos.ts';
import type { StudioParts } from './studio-parts.ts';

/** A recording in the input folder. */
export interface InputRecording {
  readonly name: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly modified: string;
  /** Absent while the file is unfinished, because its content is not known yet. */
  readonly videoId?: string;
  /** `unfinished`: it is still being copied, or copying broke off; it cannot be started yet. */
  readonly state: 'new' | 'running' | 'published' | 'unfinished';
  /** The match its name describes, or `problem`: why the name cannot be read. */
  readonly match?: string;
  readonly problem?: string;
}

export interface StartedRecording {
  readonly name: string;
  readonly kind: 'started' | 'joined' | 'published' | 'failed';
  readonly videoId?: string;
  /** Why it failed, or where it was published. */
  readonly note?: string;
}

export async function inputRecordings(parts: StudioParts): Promise<InputRecording[]> {
  const files = await recordingsIn(parts.inputFolder).catch(() => []);
  const running = new Set((await listVideos(parts.client, { running: true })).map(({ videoId }) => videoId));
  const found: InputRecording[] = [];
  for (const file of files) {
    const info = await stat(file).catch(() => undefined);
    if (!info) continue;
    const name = path.basename(file);
    const described = { name, bytes: info.size, modified: info.mtime.toISOString(), ...readName(name) };
    const fingerprint = await contentOf(parts, file);
    if (fingerprint === undefined) {
      found.push({ ...described, state: 'unfinished' });
      continue;
    }
    const videoId = videoIdOf(fingerprint);
    const isPublished = parts.store.ledger.find(fingerprint, parts.target) !== undefined;
    const state = running.has(videoId) ? 'running' : isPublished ? 'published' : 'new';
    found.push({ ...described, videoId, state });
  }
  return found;
}

const notFinished =
  'It lies in the input folder, and is not finished: a part of it is missing or empty. If it is no longer being copied, copy it again.';

/** The fingerprint of a file; undefined while it is unfinished, being written to, or gone. */
async function contentOf({ store }: StudioParts, file: string): Promise<string | undefined> {
  try {
    if ((await completenessOf(file)) === 'unfinished') return undefined;
    return await store.recordings.fingerprint(file);
  } catch {
    return undefined;
  }
}

/** Starts recordings in the input folder; only names listed there lead to a file. */
export async function startRecordings(parts: StudioParts, names: readonly string[]): Promise<StartedRecording[]> {
  const files = new Map((await recordingsIn(parts.inputFolder)).map((file) => [path.basename(file), file]));
  const outcomes: StartedRecording[] = [];
  for (const name of names) {
    const file = files.get(name);
    outcomes.push(
      file
        ? await start(parts, name, file)
        : { name, kind: 'failed', note: 'There is no such recording in the input folder.' },
    );
  }
  return outcomes;
}

async function start({ startVideo }: StudioParts, name: string, file: string): Promise<StartedRecording> {
  try {
    if ((await completenessOf(file)) === 'unfinished') return { name, kind: 'failed', note: notFinished };
    const outcome = await startVideo(file);
    const note = outcome.kind === 'published' ? `It was already published: ${outcome.publication.watchUrl}` : undefined;
    return { name, kind: outcome.kind, videoId: outcome.videoId, ...(note && { note }) };
  } catch (error) {
    if (error instanceof StageError) return { name, kind: 'failed', note: `${error.message} ${error.action}` };
    const known = explainClientError(error, 'its address');
    if (!(known instanceof RefusedError)) throw error;
    // Recordings that were already started or copied stay so, and the answer says so.
    return { name, kind: 'failed', note: `It is in the input folder and has not been started. ${known.message}` };
  }
}

function readName(name: string): { match: string } | { problem: string } {
  try {
    const { match } = parseRecordingName(name);
    return { match: `${displayTeams(match.teams)} · ${match.tournament}` };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
