import type { RevisionOrder } from '../../domain/revision-order.ts';
import { isScheduled, type RevisionPlan, type Texts } from '../../domain/revision-plan.ts';
import type { ReportedChange, RevisionOutcome, RevisionReport } from '../../domain/revision-report.ts';
import { isRehearsal } from '../../workspace/ledger.ts';
import { frameName } from '../frame-name.ts';
import type { Intent } from './intend.ts';
import type { RevisionJob } from './job.ts';
import { presentPicture } from './present-picture.ts';

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

/** A thumbnail that is asked for and not drawn yet. */
export function pictureToDraw(
  { workspace, publication }: Pick<RevisionJob, 'workspace' | 'publication'>,
  { revision: { thumbnail }, putBack, picture }: RevisionOrder,
): ReportedChange[] {
  if (!thumbnail || putBack || picture) return [];
  const before = presentPicture(workspace, publication);
  const { frame, atSeconds, look } = thumbnail;
  const wish = {
    frame: frame ?? (atSeconds === undefined ? (before?.frame ?? 'the same frame') : frameName(atSeconds)),
    template: look?.template ?? before?.template ?? 'the same template',
  };
  const parts = [describePicture(wish), look?.theme && `theme ${look.theme}`, look?.crop && 'cropped'];
  return [
    {
      field: 'thumbnail',
      before: before ? describePicture(before) : unknown,
      after: parts.filter(Boolean).join(', '),
    },
  ];
}

const unknown = 'none that is known here';

const bothOf = <T>(
  { before, after }: { before?: T | undefined; after?: T | undefined },
  say: (value: T) => string,
) => ({
  before: before === undefined ? unknown : say(before),
  after: after === undefined ? 'none' : say(after),
});

const describePicture = ({ frame, template }: { frame: string; template: string }) => `${frame} in ${template}`;
