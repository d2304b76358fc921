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
  const frame = workspace.read(selectionRecord)?.frame;
  if (!drawn || frame === undefined || drawn.drawnFrom !== drawnFrom) return undefined;
  return { file: thumbnailFile, drawnFrom, frame, template: drawn.template, theme: drawn.theme };
}
