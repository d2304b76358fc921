import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Candidate } from '../../domain/selection.ts';
import { extractFrames, scanKeyFrames } from '../../media/index.ts';
import type { StageContext } from '../context.ts';
import { frameName } from '../frame-name.ts';
import { candidatesFolder, rankingRecord } from '../records.ts';
import { medianBackground } from './background.ts';
import { foregroundOf } from './foreground.ts';
import { type Look, lookAt } from './look.ts';
import { type Scored, scoreFrames } from './score.ts';
import { spreadOut } from './spread.ts';

export interface RankedCandidate extends Candidate {
  /** The picture: full resolution, upright. */
  readonly file: string;
}

const scanWidth = 320;
/** The scan takes most of the time; extracting the few chosen frames takes the rest. */
const scanShare = 0.85;

/**
 * Finds the frames that make a good thumbnail, best first: one pass over the key frames of the recording, then only
 * the chosen frames at full resolution. A ranking that is complete already is not made again.
 * @throws StageError FILE_MISSING, NOT_A_VIDEO, DECODER_FAILED
 */
export async function rankThumbnails(
  videoPath: string,
  topN: number,
  context: StageContext,
): Promise<readonly RankedCandidate[]> {
  const { store, attempt, signal, report } = context;
  const workspace = await store.open(videoPath, attempt);
  const fileOf = (frame: string) => workspace.path(candidatesFolder, frame);
  const withFile = (candidate: Candidate): RankedCandidate => ({ ...candidate, file: fileOf(candidate.frame) });

  const before = workspace.read(rankingRecord);
  if (before?.topN === topN && before.candidates.every(({ frame }) => existsSync(fileOf(frame)))) {
    return before.candidates.map(withFile);
  }

  const scored = await scoreRecording(videoPath, context);
  const chosen = spreadOut(scored, topN);
  await mkdir(workspace.path(candidatesFolder), { recursive: true });
  const candidates: Candidate[] = chosen.map(({ time, score, why }, index) => ({
    rank: index + 1,
    frame: frameName(time),
    time,
    score,
    why,
  }));
  await extractFrames(
    videoPath,
    candidates.map(({ time, frame }) => ({ time, file: fileOf(frame) })),
    {
      signal,
      onProgress: (fraction) =>
        report({ fraction: scanShare + (1 - scanShare) * fraction, note: 'taking the best frames' }),
    },
  );
  workspace.write(rankingRecord, { topN, candidates });
  return candidates.map(withFile);
}

async function scoreRecording(videoPath: string, { signal, report }: StageContext): Promise<Scored[]> {
  const looks: Look[] = [];
  await scanKeyFrames(videoPath, {
    width: scanWidth,
    signal,
    onFrame: (frame) => {
      looks.push(lookAt(frame));
    },
    onProgress: (fraction) => report({ fraction: fraction * scanShare, note: `looked at ${looks.length} key frames` }),
  });
  const background = medianBackground(looks);
  return scoreFrames(looks.map((look) => ({ time: look.time, foreground: foregroundOf(look, background) })));
}
