import { randomUUID } from 'node:crypto';
import type { Client, WorkflowStartOptions } from '@temporalio/client';

interface Question {
  readonly taskQueue: string;
  readonly args: WorkflowStartOptions['args'];
  /** Milliseconds after which the server ends it. */
  readonly answerWithin: number;
  /** Milliseconds after which nobody waits for it here, even if the server gives no answer at all. */
  readonly waitFor?: number;
}

/** Has a workflow carry a question to machines, and deletes it: nobody needs to see it afterwards. */
export async function carryQuestion<T>(
  client: Client,
  type: string,
  name: string,
  { taskQueue, args = [], answerWithin, waitFor }: Question,
): Promise<T> {
  const workflowId = `${name}-${randomUUID()}`;
  try {
    const options = { workflowId, taskQueue, args: [...args], workflowExecutionTimeout: answerWithin };
    const ask = (): Promise<T> => client.workflow.execute(type, options);
    return await (waitFor === undefined ? ask() : client.withDeadline(Date.now() + waitFor, ask));
  } finally {
    const { namespace } = client.options;
    await client.workflowService
      .deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } })
      .catch(() => undefined);
  }
}
