import { StageError } from '../../domain/errors.ts';
import type { PublishTarget } from '../../domain/publish-target.ts';
import { begunOn } from '../../stages/upload/destination.ts';
import type { VideoSummary } from '../../temporal/client/videos.ts';
import type { Store } from '../../workspace/store.ts';
import { openReadOnly } from '../../workspace/workspace.ts';

/**
 * - `nowhere`: nothing of it is on any channel
 * - `unclear`: its records are damaged
 */
export type Begun = PublishTarget | 'nowhere' | 'unclear';

/** Where a video of this machine has begun to be published. */
export function begunOf(store: Store, { videoId, contentId = videoId, firstRunId }: VideoSummary): Begun {
  try {
    const workspace = openReadOnly(store.workspaceRoot, contentId);
    return (workspace && begunOn(workspace, firstRunId, store)) ?? 'nowhere';
  } catch (error) {
    if (error instanceof StageError) return 'unclear';
    throw error;
  }
}
