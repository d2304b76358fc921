import { access, mkdir } from 'node:fs/promises';
import { StageError } from '../../domain/errors.ts';
import { type Choice, refuseChoice } from '../../domain/selection.ts';
import { extractFrames } from '../../media/index.ts';
import { requireRecord, type StageContext } from '../context.ts';
import { frameName } from '../frame-name.ts';
import { candidatesFolder, preparedRecord, rankingRecord, selectionRecord } from '../records.ts';

export interface Selected {
  readonly frame: string;
  /** Seconds. */
  readonly time: number;
  readonly file: string;
}

/**
 * Fixes a video's frame: a candidate, or any moment of the recording, which is then decoded at full quality.
 * @throws StageError FRAME_NOT_FOUND, STAGE_ORDER, DECODER_FAILED
 */
export async function selectThumbnail(videoPath: string, choice: Choice, context: StageContext): Promise<Selected> {
  const { store, attempt, signal, report } = context;
  const workspace = await store.open(videoPath, attempt);
  const prepared = requireRecord(workspace, preparedRecord, 'prepare');
  const { candidates } = requireRecord(workspace, rankingRecord, 'rank');
  const problem = refuseChoice(choice, {
    fixed: false,
    candidates,
    durationSeconds: prepared.info.durationSeconds,
  });
  if (problem) throw frameNotFound(problem);

  const selected = await locate();
  workspace.write(selectionRecord, { frame: selected.frame, time: selected.time });
  return selected;

  async function locate(): Promise<Selected> {
    if ('atSeconds' in choice) return extract(choice.atSeconds);
    const candidate = 'best' in choice ? candidates[0] : candidates.find(({ frame }) => frame === choice.frame);
    if (!candidate) throw frameNotFound('Ranking found no candidate in this recording.');
    const file = workspace.path(candidatesFolder, candidate.frame);
    // A candidate's picture that somebody deleted is extracted from the recording again.
    return (await exists(file)) ? { frame: candidate.frame, time: candidate.time, file } : extract(candidate.time);
  }

  async function extract(time: number): Promise<Selected> {
    report({ note: `taking the frame at ${time.toFixed(2)} s` });
    const frame = frameName(time);
    const file = workspace.path(candidatesFolder, frame);
    await mkdir(workspace.path(candidatesFolder), { recursive: true });
    const [taken] = await extractFrames(videoPath, [{ time, file }], { signal });
    return { frame, time: taken?.time ?? time, file };
  }
}

function frameNotFound(message: string): StageError {
  return new StageError('FRAME_NOT_FOUND', message, {
    remedy: 'fix',
    action: 'Choose another frame: npx badminton select ID',
  });
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
