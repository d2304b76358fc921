import { workflowInfo } from '@temporalio/workflow';
import { targetOf } from '../../domain/publish-target.ts';
import type { UploadOrder } from '../../domain/upload-order.ts';
import type { PublishedVideo } from '../activity-types.ts';

/**
 * What keeps a video where its publishing began, also when it continues as a new run.
 * @param sent what is on the channel; absent where that is not known yet
 */
export const destinationOf = (sent: PublishedVideo | undefined): Pick<UploadOrder, 'run' | 'target'> => ({
  run: workflowInfo().firstExecutionRunId,
  ...(sent && { target: targetOf(sent) }),
});
