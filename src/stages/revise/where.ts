import { type PublishTarget, publishTargets } from '../../domain/publish-target.ts';
import type { Store } from '../../workspace/store.ts';
import { openReadOnly } from '../../workspace/workspace.ts';
import { publicationRecord, revisionsRecord } from '../records.ts';

/**
 * Where a revision is made whose client does not say: where it has begun, else the only place where the video is
 * published; undefined if that does not decide it. What is set may change between its steps.
 * @param id of the revision
 * @throws StageError RECORD_INVALID, NEWER_DATA
 */
export function targetOfRevision(
  { workspaceRoot }: Pick<Store, 'workspaceRoot'>,
  videoId: string,
  id: string,
): PublishTarget | undefined {
  const workspace = openReadOnly(workspaceRoot, videoId);
  const begun = publishTargets.find((target) =>
    workspace?.read(revisionsRecord(target))?.revisions.some((revision) => revision.id === id),
  );
  if (begun) return begun;
  const [only, ...others] = publishTargets.filter((target) => workspace?.read(publicationRecord(target))?.confirmed);
  return others.length === 0 ? only : undefined;
}
