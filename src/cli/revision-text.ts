import { showMoment } from '../domain/local-time.ts';
import type { Waiting } from '../domain/next-step.ts';
import { describeVisibility } from '../domain/revision-plan.ts';
import type { RevisionReport } from '../domain/revision-report.ts';
import { onOneLine } from './output.ts';

/** What became of a revision, or would: its last line is the end word. */
export function describeRevision(report: RevisionReport, timeZone: string): string {
  const { outcome, shown, watchUrl, rehearsal, changes, conflicts, refused, warnings, isScheduled } = report;
  const would = outcome === 'looked';
  return [
    `${onOneLine(shown.title)}  ${watchUrl}${rehearsal ? '  REHEARSAL' : ''}`,
    `Visibility: ${describeVisibility(shown, timeZone)}${isScheduled ? '' : ' (a time of publishing can be set only while it is scheduled)'}`,
    ...(would ? ['Description:', ...shown.description.split('\n').map((line) => `  ${onOneLine(line)}`)] : []),
    ...changes.map(
      ({ field, before, after }) =>
        `${would ? 'Would change' : 'Changed'} ${field}: ${quoted(before)} → ${quoted(after)}`,
    ),
    ...conflicts.map(
      ({ field, published, now, asked }) =>
        `Conflict in ${field}: it is ${quoted(now)}; ${published === undefined ? 'what was published is not known' : `published was ${quoted(published)}`}; asked is ${quoted(asked)}`,
    ),
    ...refused.map(({ field, problem }) => `Not possible, ${field}: ${problem}`),
    ...warnings.map((warning) => `Note: ${onOneLine(warning)}`),
    endOf(report),
  ].join('\n');
}

/** The beginning is enough to recognize a description. */
const quoted = (text: string) => {
  const line = onOneLine(text);
  return `"${line.length > 70 ? `${line.slice(0, 70)}…` : line}"`;
};

function endOf({ outcome, unitsAtMost, conflicts, changes, canPutBack, videoId }: RevisionReport): string {
  switch (outcome) {
    case 'looked': {
      if (conflicts.length > 0) return 'A revision would stop at the conflict, unless with --force.';
      const cost = `It would take at most ${unitsAtMost} units of YouTube's quota.`;
      const back = canPutBack ? ' The last revision can be undone with --put-back.' : '';
      return changes.length > 0 ? cost : `Nothing was changed.${back}`;
    }
    case 'revised':
      return `Revised. To undo it: npx badminton revise ${videoId} --put-back`;
    case 'unchanged':
      return 'Unchanged: it was so already.';
    case 'conflict':
      return 'Conflict: somebody changed it on YouTube, so nothing more was changed. To overwrite that, add --force.';
    case 'refused':
      return 'Refused: nothing was changed.';
  }
}

export const describeWaiting = ({ reason, action, until }: Waiting, videoId: string, timeZone: string): string =>
  `${reason} ${action}\nWaiting until ${showMoment(until, timeZone)}; it continues automatically. To try now: npx badminton revise ${videoId} --retry`;
