import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Candidate } from '../../domain/selection.ts';
import { extractFrames } from '../../media/index.ts';
import type { StageContext } from '../context.ts';
import { frameName } from '../frame-name.ts';
import { type ActivityRecord, activityRecord, candidatesFolder, rankingRecord } from '../records.ts';
import type { Activity } from './activity.ts';
import type { PlayerBox, ScoreParts } from './describe-moment.ts';
import { dropPasses, keptPasses } from './kept-passes.ts';
import { type RankOptions, rankRecording } from './rank-recording.ts';
import type { Rejected } from './rejected.ts';

export interface RankedCandidate extends Candidate {
  /** The picture: full resolution, upright. */
  readonly file: string;
  /**
   * Boxes of the players, largest first, as fractions of the picture; absent when the pose model did not look at it.
   */
  readonly players?: readonly PlayerBox[] | undefined;
  /** What the score consists of. */
  readonly parts?: { readonly [Part in keyof ScoreParts]: ScoreParts[Part] | undefined } | undefined;
}

export interface Ranking {
  /** Best first. */
  readonly candidates: readonly RankedCandidate[];
  /** What a person should know about it. */
  readonly notes: readonly string[];
}

/** Looking through the recording takes most of the time; extracting the few chosen frames takes the rest. */
const rankingShare = 0.9;

/**
 * Finds the frames that make a good thumbnail, best first: one pass over the key frames of the recording, postures of
 * the players in some of them, then only the chosen frames at full resolution. A ranking that is already complete is
 * not repeated, nor is a pass that an earlier attempt finished. The activity over time, rallies and rejected moments
 * are in the activity record.
 * @throws StageError FILE_MISSING, NOT_A_VIDEO, DAMAGED_VIDEO, DECODER_FAILED
 */
export async function rankThumbnails(
  videoPath: string,
  topN: number,
  context: StageContext,
  {
    withoutPose = false,
    poseLimits,
    decoderLimits,
  }: Pick<RankOptions, 'withoutPose' | 'poseLimits' | 'decoderLimits'> = {},
): Promise<Ranking> {
  const { store, attempt, signal, report } = context;
  const workspace = await store.open(videoPath, attempt);
  const withFile = <T extends { readonly frame: string }>(candidate: T) => ({
    ...candidate,
    file: workspace.path(candidatesFolder, candidate.frame),
  });
  const before = workspace.read(rankingRecord);
  const hasPictures = before?.candidates.every((candidate) => existsSync(withFile(candidate).file));
  const isSame = before?.topN === topN && before.withoutPose === withoutPose;
  if (isSame && hasPictures && workspace.read(activityRecord)) {
    return { candidates: before.candidates.map(withFile), notes: before.notes };
  }

  const kept = await keptPasses(workspace, workspace.fingerprint);
  const { moments, notes, activity, rejected } = await rankRecording(videoPath, topN, {
    withoutPose,
    poseLimits,
    decoderLimits,
    kept,
    signal,
    report: ({ fraction = 0, note }) => report({ fraction: rankingShare * fraction, note }),
  });
  await mkdir(workspace.path(candidatesFolder), { recursive: true });
  const candidates = moments.map(({ players, ...moment }, index) => ({
    rank: index + 1,
    frame: frameName(moment.time),
    ...moment,
    ...(players && { players: [...players] }),
  }));
  await extractFrames(videoPath, candidates.map(withFile), {
    ...decoderLimits,
    signal,
    onProgress: (fraction) =>
      report({ fraction: rankingShare + (1 - rankingShare) * fraction, note: 'extracting the best frames' }),
  });
  workspace.write(activityRecord, recordOf(activity, rejected));
  workspace.write(rankingRecord, { topN, withoutPose, candidates, notes: [...notes] });
  await dropPasses(workspace);
  return { candidates: candidates.map(withFile), notes };
}

function recordOf({ curve, rallies, none }: Activity, rejected: readonly Rejected[]): ActivityRecord {
  return {
    curve: curve.map(({ time, value = null }) => ({ time, value })),
    rallies: [...rallies],
    ...(none && { noRallies: none }),
    rejected: [...rejected],
  };
}
