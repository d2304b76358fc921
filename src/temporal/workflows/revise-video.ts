import { ApplicationFailure, log, proxyActivities, upsertMemo, workflowInfo } from '@temporalio/workflow';
import { readReviseInput } from '../../domain/revise-input.ts';
import type { RevisionOrder } from '../../domain/revision-order.ts';
import type { RevisionReport } from '../../domain/revision-report.ts';
import { priorityKeys, revise } from '../activity-options.ts';
import type { Activities } from '../activity-types.ts';
import { cpuQueue, questionQueue, type RevisionMemo } from '../names.ts';
import { checkedActivities } from './checked-activities.ts';
import { showsRevisedTitle } from './patches.ts';
import { Patience } from './patience.ts';

/**
 * Changes a published video: draws the new thumbnail if one is asked for, then reads the channel, changes what was asked
 * and reads it back. It waits for a quota that resets and for a sign-in; whatever else a person has to fix ends it with
 * that explanation, and the next revision begins from what the channel shows then.
 */
export async function reviseVideoWorkflow(value: unknown): Promise<RevisionReport> {
  const input = readReviseInput(value);
  if (typeof input === 'string') throw ApplicationFailure.nonRetryable(input, 'BAD_INPUT');
  const { videoId, hostId, revision, putBack, force, look, target, settings } = input;
  const { taskQueue: shared, runId: id } = workflowInfo();
  const on = (taskQueue: string, summary: string) =>
    checkedActivities(
      proxyActivities<Activities>({
        ...revise(settings),
        taskQueue,
        summary,
        priority: { priorityKey: priorityKeys.high.chosen },
      }),
    );
  const patience = new Patience();
  const order: RevisionOrder = { id, revision, putBack, force, target };
  const questions = questionQueue(shared, hostId);
  if (look) {
    const looking = on(questions, 'looks at the video on the channel');
    return patience.failing(() => looking.lookAtPublishedActivity(videoId, order));
  }
  const { thumbnail } = revision;
  const drawing = on(cpuQueue(shared, hostId), 'draws another thumbnail');
  const drawn =
    thumbnail && !putBack
      ? await patience.waiting(() => drawing.drawRevisionActivity(videoId, { id, thumbnail, target }))
      : undefined;
  const changing = on(questions, 'changes the video on the channel');
  const report = await patience.waiting(() =>
    changing.reviseVideoActivity(videoId, { ...order, ...(drawn && { picture: drawn.picture }) }),
  );
  const { watchUrl, shown } = report;
  if (showsRevisedTitle()) upsertMemo({ revision: { shown: { watchUrl, title: shown.title } } satisfies RevisionMemo });
  log.info('Revision ended', { outcome: report.outcome });
  return drawn ? { ...report, warnings: [...drawn.warnings, ...report.warnings] } : report;
}
