import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { withinAnswerTime } from './answer-time.ts';

/** A run takes thousands of messages, so an update that was just sent is in the newest one or shortly before it. */
const mostRuns = 20;

/**
 * The answer to an update, by its id: also where the video has continued in a new run since.
 * @throws WorkflowUpdateFailedError if it was refused; WorkflowNotFoundError if no run knows it
 */
export async function outcomeOfUpdate<T>(client: Client, videoId: string, updateId: string): Promise<T> {
  let runId: string | undefined;
  for (let runs = 1; ; runs += 1) {
    const handle = client.workflow.getHandle(videoId, runId).getUpdateHandle<T>(updateId);
    try {
      return await withinAnswerTime(client, () => handle.result());
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError) || runs === mostRuns) throw error;
      runId = await runBefore(client, videoId, runId);
      if (runId === undefined) throw error;
    }
  }
}

/** The run that continued as the given one; of the newest one by default. */
async function runBefore(client: Client, workflowId: string, runId: string | undefined): Promise<string | undefined> {
  const { history } = await withinAnswerTime(client, () =>
    client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId, ...(runId !== undefined && { runId }) },
      maximumPageSize: 1,
    }),
  );
  const [started] = history?.events ?? [];
  return started?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
}
