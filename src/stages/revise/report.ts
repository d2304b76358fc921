import { isScheduled, type RevisionPlan, type Texts } from '../../domain/revision-plan.ts';
import type { ReportedChange, RevisionOutcome, RevisionReport } from '../../domain/revision-report.ts';
import { isRehearsal } from '../../workspace/ledger.ts';
import type { Intent } from './intend.ts';
import type { RevisionJob } from './job.ts';

const nothingPlanned: Pick<RevisionPlan, 'conflicts' | 'refused'> = { conflicts: [], refused: [] };

export function reportOf(
  job: RevisionJob,
  outcome: RevisionOutcome,
  shown: Texts,
  {
    plan = nothingPlanned,
    changes = [],
    unitsAtMost,
    warnings = [],
  }: {
    readonly plan?: Pick<RevisionPlan, 'conflicts' | 'refused'>;
    readonly changes?: readonly ReportedChange[];
    readonly unitsAtMost: number;
    readonly warnings?: readonly string[];
  },
): RevisionReport {
  const { publication, videoId, options, revisions } = job;
  const { title, description, privacy, publishAt } = shown;
  return {
    outcome,
    videoId,
    youtubeId: publication.youtubeId,
    watchUrl: publication.watchUrl,
    rehearsal: isRehearsal(options.target),
    shown: { title, description, privacy, ...(publishAt !== undefined && { publishAt }) },
    isScheduled: isScheduled(shown, Date.now()),
    changes: [...changes],
    conflicts: [...plan.conflicts],
    refused: [...plan.refused],
    unitsAtMost,
    canPutBack: revisions.length > 0,
    warnings: [...warnings],
  };
}

/** Everything that is changed, for people. */
export function changesOf({ plan, thumbnail, playlist }: Intent): ReportedChange[] {
  return [
    ...plan.changes,
    ...(thumbnail ? [{ field: 'thumbnail' as const, ...bothOf(thumbnail, describePicture) }] : []),
    ...(playlist ? [{ field: 'playlist' as const, ...bothOf(playlist, (id) => id) }] : []),
  ];
}

const bothOf = <T>(
  { before, after }: { before?: T | undefined; after?: T | undefined },
  say: (value: T) => string,
) => ({
  before: before === undefined ? 'none that is known here' : say(before),
  after: after === undefined ? 'none' : say(after),
});

const describePicture = ({ frame, template }: { frame: string; template: string }) => `${frame} in ${template}`;
