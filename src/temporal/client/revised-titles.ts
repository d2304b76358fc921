import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { type RevisionMemo, reviseVideoWorkflowType, revisionId } from '../names.ts';
import { decodePayload } from './decode.ts';
import { describeExecution, type Execution, listExecutions } from './executions.ts';
import type { VideoSummary } from './video-summary.ts';

const memoSchema = z.object({ shown: z.object({ watchUrl: z.string(), title: z.string() }) });

/**
 * The same videos; those that were revised since they were published have the title that the channel showed at the end of
 * the last revision.
 */
export async function noteRevisedTitles<T extends VideoSummary>(client: Client, videos: readonly T[]): Promise<T[]> {
  const published = videos.filter(isPublished);
  if (published.length === 0) return [...videos];
  const [only] = published;
  const shown = published.length === 1 && only ? await latestOf(client, only) : await latestOfAll(client);
  return videos.map((video) => {
    const now = isPublished(video) && shown.get(revisionOf(video));
    return now && now.watchUrl === video.watchUrl ? { ...video, title: now.title } : video;
  });
}

type Shown = NonNullable<RevisionMemo['shown']>;

const isPublished = ({ stage, watchUrl }: VideoSummary) => stage === 'COMPLETED' && watchUrl !== undefined;
const revisionOf = ({ contentId, videoId }: VideoSummary) => revisionId(contentId ?? videoId);

/** By workflow id. Visibility lags a moment behind, so a single video's last revision is looked up directly. */
async function latestOf(client: Client, video: VideoSummary): Promise<Map<string, Shown>> {
  const id = revisionOf(video);
  try {
    const { execution } = await describeExecution(client, id);
    const shown = await shownBy(client, execution);
    if (shown) return new Map([[id, shown]]);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return new Map();
    throw error;
  }
  // One that runs, or failed, says nothing: the one before it does.
  return latestOfAll(client, ` AND WorkflowId = '${id.replaceAll("'", "\\'")}'`);
}

async function latestOfAll(client: Client, which = ''): Promise<Map<string, Shown>> {
  const latest = new Map<string, Shown>();
  // Newest first.
  for await (const execution of listExecutions(client, `WorkflowType = '${reviseVideoWorkflowType}'${which}`)) {
    const id = execution.execution?.workflowId ?? '';
    const shown = latest.has(id) ? undefined : await shownBy(client, execution);
    if (shown) latest.set(id, shown);
  }
  return latest;
}

/** Any client may have written the memo. */
async function shownBy(client: Client, { memo }: Execution): Promise<Shown | undefined> {
  const { value } = await decodePayload(client, memo?.fields?.revision);
  return memoSchema.safeParse(value).data?.shown;
}
