import type { Client } from '@temporalio/client';
import { asReason } from '../../domain/bounds.ts';
import { innermostMessageOf } from './decode.ts';
import type { VideoSummary } from './video-summary.ts';
import { withEnding } from './video-summary.ts';

/** HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT of the Temporal API: only the last event of a run that has ended. */
const closeEvent = 2;
const readAtOnce = 8;
/** Milliseconds. */
const answerWithin = 5000;

/** Reasons by run id; a run that has ended no longer changes. */
const reasons = new WeakMap<Client, Map<string, string>>();

/** The same videos; those that the server ended get the reason from their history. */
export async function explainEndings<T extends VideoSummary>(client: Client, videos: readonly T[]): Promise<T[]> {
  const known = reasons.get(client) ?? new Map<string, string>();
  reasons.set(client, known);
  const waiting = videos.filter(({ ended, runId }) => ended && !known.has(runId));
  const next = async (): Promise<void> => {
    for (let video = waiting.shift(); video; video = waiting.shift()) {
      // Without the reason, how it ended is still known; the next call asks again.
      const reason = await readReason(client, video).catch(() => undefined);
      if (reason !== undefined) known.set(video.runId, reason);
    }
  };
  await Promise.all(Array.from({ length: readAtOnce }, next));
  return videos.map((video) => {
    const reason = video.ended && known.get(video.runId);
    return video.ended && reason ? withEnding(video, { ...video.ended, reason }) : video;
  });
}

/** Empty if the history holds none. */
async function readReason(client: Client, { videoId: workflowId, runId }: VideoSummary): Promise<string> {
  const { namespace } = client.options;
  const request = { namespace, execution: { workflowId, runId }, historyEventFilterType: closeEvent };
  const { history } = await client.withDeadline(Date.now() + answerWithin, () =>
    client.workflowService.getWorkflowExecutionHistory(request),
  );
  const last = history?.events?.at(-1);
  const { reason } = last?.workflowExecutionTerminatedEventAttributes ?? {};
  return asReason(reason || (await innermostMessageOf(client, last?.workflowExecutionFailedEventAttributes?.failure)));
}
