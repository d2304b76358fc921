import { StageError } from '../domain/errors.ts';
import type { Attempt } from '../workspace/fence.ts';
import type { RecordKind } from '../workspace/record.ts';
import type { Store } from '../workspace/store.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** How far a stage has got, for people. */
export interface Progress {
  /** 0 to 1; absent when unknown. */
  readonly fraction?: number;
  readonly note: string;
}

/** What every stage receives: the same whether Temporal, the command line or a test runs it. */
export interface StageContext {
  readonly store: Store;
  readonly attempt: Attempt;
  readonly signal: AbortSignal;
  /** A sign of work too. */
  readonly report: (progress: Progress) => void;
  /**
   * Says that something moves where there is nothing to report: an answer, a planned pause. A stage that gives no sign for
   * minutes counts as hung. Absent where nobody watches for that.
   */
  readonly alive?: () => void;
}

/** @throws StageError STAGE_ORDER if the stage that writes the record has not run. */
export function requireRecord<T extends object>(workspace: Workspace, kind: RecordKind<T>, stage: string): T {
  const record = workspace.read(kind);
  if (record !== undefined) return record;
  throw new StageError('STAGE_ORDER', `The stage "${stage}" has not run for ${workspace.videoId}.`, {
    remedy: 'fix',
    action: `A retry repeats the stages before this one. In a terminal, without Temporal: npx badminton stage ${stage} FILE`,
  });
}
