import { stat } from 'node:fs/promises';
import path from 'node:path';
import { applyCorrections, type Corrections, matchFromCorrections } from '../../domain/corrections.ts';
import { StageError } from '../../domain/errors.ts';
import { type ParsedName, parseRecordingName } from '../../domain/file-name.ts';
import { displayTeams, type Match } from '../../domain/match.ts';
import { matchDate } from '../../domain/match-date.ts';
import { probeToTheEnd, type RecordingInfo } from '../../media/index.ts';
import type { Publication, PublishTarget } from '../../workspace/ledger.ts';
import type { StageContext } from '../context.ts';
import { type PreparedRecord, preparedRecord } from '../records.ts';
import { requireFreeSpace } from './free-space.ts';

export interface PrepareOptions {
  readonly timeZone: string;
  readonly target: PublishTarget;
  readonly dataFolder: string;
  readonly corrections?: Corrections | undefined;
}

export interface Prepared {
  readonly videoId: string;
  readonly record: PreparedRecord;
  readonly match: Match;
  readonly warnings: readonly string[];
  readonly published?: Publication;
}

/** Room for candidates, thumbnail and records; the local YouTube also keeps a copy of the recording. */
const workspaceBytes = 200e6;

/**
 * Checks that the recording is a complete video whose match is known, and records what it is. Cheap, so a repeated run
 * simply does it again.
 * @throws StageError FILE_MISSING, FILE_CHANGED, NOT_A_VIDEO, DAMAGED_VIDEO, BAD_NAME, NO_SPACE, FOLDER_UNUSABLE
 */
export async function prepareVideo(
  videoPath: string,
  options: PrepareOptions,
  context: StageContext,
): Promise<Prepared> {
  const { store, attempt, signal, report } = context;
  const recording = path.basename(videoPath);
  report({ note: 'fingerprinting' });
  const workspace = await store.open(videoPath, attempt);
  const { fingerprint } = workspace;

  report({ note: 'probing the recording' });
  const info = await probeToTheEnd(videoPath, { signal });
  await requireFreeSpace(options.dataFolder, workspaceBytes + (options.target === 'local' ? info.sizeBytes : 0));

  const parsed = parseName(recording, options.corrections);
  const record: PreparedRecord = {
    fingerprint,
    recording,
    videoPath: path.resolve(videoPath),
    info,
    recordedOn: await recordedDay(videoPath, info, options.timeZone),
    ...(parsed && { match: parsed.match }),
    alternatives: [...(parsed?.alternatives ?? [])],
  };
  workspace.write(preparedRecord, record);

  const match = matchOf(record, options.corrections);
  const published = store.ledger.find(fingerprint, options.target);
  return {
    videoId: workspace.videoId,
    record,
    match,
    warnings: options.corrections?.teams ? [] : ambiguity(record),
    ...(published && { published }),
  };
}

/** The day that the recording tells, `YYYY-MM-DD`. */
export async function recordedDay(
  videoPath: string,
  { quickTimeDate, creationTime }: Pick<RecordingInfo, 'quickTimeDate' | 'creationTime'>,
  timeZone: string,
): Promise<string> {
  return matchDate({ quickTimeDate, creationTime, modifiedAt: (await stat(videoPath)).mtime, timeZone });
}

/** The match as published: what the name says, overridden by a person's corrections. @throws StageError BAD_NAME */
export function matchOf(record: PreparedRecord, corrections: Corrections = {}): Match {
  if (record.match) return applyCorrections(record.match, corrections);
  // Parsing an unreadable name again tells why.
  return matchFromCorrections(corrections) ?? parseRecordingName(record.recording).match;
}

/** The published day, `YYYY-MM-DD`: the recording's, unless a person corrected it. */
export const dayOf = ({ recordedOn }: PreparedRecord, { date }: Corrections = {}): string => date ?? recordedOn;

function parseName(recording: string, corrections: Corrections = {}): ParsedName | undefined {
  try {
    return parseRecordingName(recording);
  } catch (error) {
    if (error instanceof StageError && matchFromCorrections(corrections)) return undefined;
    throw error;
  }
}

function ambiguity({ match, alternatives }: PreparedRecord): string[] {
  if (!match || alternatives.length === 0) return [];
  const others = alternatives.map((other) => displayTeams(other.teams)).join(' or ');
  return [`The file name can be read in more than one way: taken as ${displayTeams(match.teams)}, could be ${others}.`];
}
