import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

/** A run as the server returns it, not decoded: what a foreign client wrote into one run must not hide the others. */
export type Execution = temporal.api.workflow.v1.IWorkflowExecutionInfo;
export type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

const pageSize = 1000;
/** NOT_FOUND of gRPC. */
const notFound = 5;

/** All runs that match the visibility query, in the server's order: running ones first, then newest first. */
export async function* listExecutions(client: Client, query: string): AsyncIterable<Execution> {
  const { namespace } = client.options;
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await client.workflowService.listWorkflowExecutions({ namespace, query, pageSize, nextPageToken });
    yield* page.executions;
    nextPageToken = page.nextPageToken;
  } while (nextPageToken?.length > 0);
}

export interface DescribedExecution {
  readonly execution: Execution;
  readonly pendingActivities: readonly PendingActivity[];
}

/** The newest run of a workflow. @throws WorkflowNotFoundError if the server knows none */
export async function describeExecution(client: Client, workflowId: string): Promise<DescribedExecution> {
  try {
    const { workflowExecutionInfo, pendingActivities } = await client.workflowService.describeWorkflowExecution({
      namespace: client.options.namespace,
      execution: { workflowId },
    });
    return { execution: workflowExecutionInfo ?? { execution: { workflowId } }, pendingActivities };
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== notFound) throw error;
    throw new WorkflowNotFoundError(error.details, workflowId, undefined);
  }
}
