import { stat } from 'node:fs/promises';
import path from 'node:path';
import {
  applyCorrections,
  type Corrections,
  matchFromCorrections,
  parseCorrections,
} from '../../domain/corrections.ts';
import { StageError } from '../../domain/errors.ts';
import { parseRecordingName } from '../../domain/file-name.ts';
import { displayTeams, type Match } from '../../domain/match.ts';
import { videoIdOf } from '../../domain/video-id.ts';
import type { VideoPriority } from '../../domain/video-priority.ts';
import { recordingsIn } from '../../intake/recordings.ts';
import { completenessOf } from '../../media/index.ts';
import { correctMatch } from '../../temporal/client/control.ts';
import { explainClientError, RefusedError } from '../../temporal/client/errors.ts';
import { listVideos } from '../../temporal/client/videos.ts';
import { notFound } from './problem.ts';
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
  readonly parsed?: Match;
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
    const isPublished = parts.store.ledger.find(fingerprint, parts.target()) !== undefined;
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

/** The file of a recording in the input folder: only names listed there lead to one. @throws RequestError 404 */
export async function inputFile({ inputFolder }: Pick<StudioParts, 'inputFolder'>, name: string): Promise<string> {
  const file = (await recordingsIn(inputFolder)).find((each) => path.basename(each) === name);
  if (!file) throw notFound(notThere);
  return file;
}

const notThere = 'There is no such recording in the input folder.';

interface StartOptions {
  /** By name: what the match is, where the name does not say. */
  readonly corrections?: Readonly<Record<string, unknown>> | undefined;
  /** Of all of them. */
  readonly priority?: VideoPriority | undefined;
}

/**
 * Starts recordings in the input folder; only names listed there lead to a file.
 * @throws StageError METADATA_INVALID for corrections that cannot be used; then nothing is started
 */
export async function startRecordings(
  parts: StudioParts,
  names: readonly string[],
  { corrections = {}, priority }: StartOptions = {},
): Promise<StartedRecording[]> {
  const said = new Map(Object.entries(corrections).map(([name, value]) => [name, readFirst(name, value)]));
  const files = new Map((await recordingsIn(parts.inputFolder)).map((file) => [path.basename(file), file]));
  const outcomes: StartedRecording[] = [];
  for (const name of names) {
    const file = files.get(name);
    outcomes.push(
      file ? await start(parts, name, file, said.get(name) ?? {}, priority) : { name, kind: 'failed', note: notThere },
    );
  }
  return outcomes;
}

/** What a recording of this name is to be started with. @throws StageError METADATA_INVALID */
export function readFirst(name: string, value: unknown): Corrections {
  const corrections = parseCorrections(value);
  const read = readName(name);
  if ('parsed' in read) applyCorrections(read.parsed, corrections);
  else matchFromCorrections(corrections);
  return corrections;
}

async function start(
  { client, startVideo }: StudioParts,
  name: string,
  file: string,
  corrections: Corrections,
  priority: VideoPriority | undefined,
): Promise<StartedRecording> {
  const isCorrected = Object.keys(corrections).length > 0;
  try {
    if ((await completenessOf(file)) === 'unfinished') return { name, kind: 'failed', note: notFinished };
    const outcome = await startVideo(file, { ...(isCorrected && { corrections }), ...(priority && { priority }) });
    // The watched folder may have been faster.
    if (isCorrected && outcome.kind === 'joined') await correctMatch(client, outcome.videoId, corrections);
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

function readName(name: string): { match: string; parsed: Match } | { problem: string } {
  try {
    const { match } = parseRecordingName(name);
    return { match: `${displayTeams(match.teams)} · ${match.tournament}`, parsed: match };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
