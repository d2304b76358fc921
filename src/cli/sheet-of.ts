import path from 'node:path';
import type { Sheet } from '../contact-sheet/index.ts';
import type { RankedCandidate } from '../stages/rank/index.ts';
import { activityRecord, rankingRecord } from '../stages/records.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What the contact sheet of a ranked recording shows. */
export function sheetOf(file: string, candidates: readonly RankedCandidate[], workspace: Workspace): Sheet {
  const { curve, rallies, noRallies, rejected } = workspace.read(activityRecord) ?? {
    curve: [],
    rallies: [],
    rejected: [],
  };
  return {
    title: path.basename(file),
    candidates: candidates.map(({ rank, time, score, why, file: picture }) => ({
      rank,
      time,
      score,
      why,
      file: picture,
    })),
    curve,
    rallies,
    noRallies,
    rejected: rejected.map(({ time, reason }) => ({ time, reason })),
    notes: workspace.read(rankingRecord)?.notes ?? [],
  };
}
