import path from 'node:path';
import type { Sheet } from '../contact-sheet/index.ts';
import type { Ranking } from '../stages/rank/index.ts';
import { activityRecord } from '../stages/records.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What the contact sheet of a ranked recording shows. */
export function sheetOf(file: string, { candidates, notes }: Ranking, workspace: Workspace): Sheet {
  const { curve, rallies, noRallies, rejected } = workspace.read(activityRecord) ?? {
    curve: [],
    rallies: [],
    rejected: [],
  };
  return {
    title: path.basename(file),
    candidates,
    curve,
    rallies,
    noRallies,
    rejected: rejected.map(({ time, reason }) => ({ time, reason })),
    notes,
  };
}
