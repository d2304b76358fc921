import { ApplicationFailure, type Context } from '@temporalio/activity';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { beginPublishingUpdateName } from '../names.ts';

/**
 * Tells the video that its thumbnail is about to go to the channel: from then on the video refuses another choice. The
 * workflow is told rather than guessing, because the server does not say when an activity has begun.
 * @throws ApplicationFailure SUPERSEDED if another frame has been chosen meanwhile: then nothing may be published
 */
export async function announcePublishing({ client, info, cancellationSignal }: Context): Promise<void> {
  const { workflowExecution, activityId, attempt } = info;
  if (!workflowExecution) return;
  const { workflowId, runId } = workflowExecution;
  const handle = client.workflow.getHandle(workflowId, runId);
  // The same attempt announces itself only once, even if the answer to it was lost.
  const updateId = `publish-${activityId}-${attempt}`;
  try {
    await client.withAbortSignal(cancellationSignal, () =>
      handle.executeUpdate(beginPublishingUpdateName, { args: [], updateId }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    if (error.cause instanceof ApplicationFailure && error.cause.type === 'REFUSED') {
      throw ApplicationFailure.nonRetryable(error.cause.message, 'SUPERSEDED');
    }
    // The workflow is run by a worker of an earlier version, which takes no other choice by now.
  }
}
