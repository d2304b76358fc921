import { stat } from 'node:fs/promises';
import path from 'node:path';
import { StageError } from '../../domain/errors.ts';
import { parseRecordingName } from '../../domain/file-name.ts';
import { displayTeams } from '../../domain/match.ts';
import { videoIdOf } from '../../domain/video-id.ts';
import { recordingsIn } from '../../intake/recordings.ts';
import { explainClientError, RefusedError } from '../../temporal/client/errors.ts';
import { listVideos } from '../../temporal/client/videos.ts';
import type { StudioParts } from './studio-parts.ts';

/** A recording of the input folder. */
export interface InputRecording {
  readonly name: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly modified: string;
  readonly videoId: string;
  readonly state: 'new' | 'running' | 'published';
  /** What its name says, or why it says nothing. */
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
    const fingerprint = await parts.store.recordings.fingerprint(file);
    const videoId = videoIdOf(fingerprint);
    const isPublished = parts.store.ledger.find(fingerprint, parts.target) !== undefined;
    const name = path.basename(file);
    const state = running.has(videoId) ? 'running' : isPublished ? 'published' : 'new';
    found.push({ name, bytes: info.size, modified: info.mtime.toISOString(), videoId, state, ...readName(name) });
  }
  return found;
}

/** Starts recordings of the input folder; only names that are listed there lead to a file. */
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
    const outcome = await startVideo(file);
    const note = outcome.kind === 'published' ? `It was published before: ${outcome.publication.watchUrl}` : undefined;
    return { name, kind: outcome.kind, videoId: outcome.videoId, ...(note && { note }) };
  } catch (error) {
    if (error instanceof StageError) return { name, kind: 'failed', note: `${error.message} ${error.action}` };
    const known = explainClientError(error, 'its address');
    if (!(known instanceof RefusedError)) throw error;
    // What was started or copied before it stays so, and the answer says so.
    return { name, kind: 'failed', note: `It lies in the input folder, and is not started. ${known.message}` };
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
