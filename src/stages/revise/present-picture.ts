import type { DrawnPicture } from '../../domain/revision-order.ts';
import type { ReadOnlyWorkspace } from '../../workspace/workspace.ts';
import { type PublicationRecord, selectionRecord, thumbnailFile, thumbnailRecord } from '../records.ts';

/** The picture that this program last set; one that a person has set on YouTube cannot be told from it. */
export function presentPicture(
  workspace: Pick<ReadOnlyWorkspace, 'read'>,
  { picture, thumbnailSet: drawnFrom }: Pick<PublicationRecord, 'picture' | 'thumbnailSet'>,
): DrawnPicture | undefined {
  if (picture) return picture;
  const drawn = workspace.read(thumbnailRecord);
  if (!drawn || drawn.drawnFrom !== drawnFrom) return undefined;
  const { template, theme, crop } = drawn;
  const frame = drawn.frame ?? workspace.read(selectionRecord)?.frame;
  return frame === undefined
    ? undefined
    : { file: thumbnailFile, drawnFrom, frame, template, theme, ...(crop && { crop }) };
}
