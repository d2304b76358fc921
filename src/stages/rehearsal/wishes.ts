import type { Corrections } from '../../domain/corrections.ts';
import { type Look, lookSchema } from '../../domain/look.ts';
import type { DrawnPicture } from '../../domain/revision-order.ts';
import type { Choice } from '../../domain/selection.ts';
import type { ReadOnlyWorkspace } from '../../workspace/workspace.ts';
import { timeOfFrame } from '../frame-name.ts';
import { preparedRecord, publicationRecord, rankingRecord, selectionRecord } from '../records.ts';
import { presentPicture } from '../revise/present-picture.ts';
import { type RehearsedOptions, rehearsedCorrections } from './corrections.ts';

/** What a video starts with so that it is published as it was rehearsed. */
export interface RehearsedWishes {
  readonly topN?: number;
  readonly choice?: Choice;
  readonly look?: Look;
  readonly corrections?: Corrections;
}

/**
 * The frame, look, texts, visibility and time of a rehearsal, with its revisions. A person is asked for a frame where no
 * record says which one the rehearsal shows; texts come from the recording's name where nobody has written them.
 * @throws StageError METADATA_INVALID for what cannot be taken over
 */
export function rehearsedWishes(
  workspace: Pick<ReadOnlyWorkspace, 'videoId' | 'read'>,
  options: RehearsedOptions,
): RehearsedWishes {
  const prepared = workspace.read(preparedRecord);
  const publication = workspace.read(publicationRecord('local'));
  const topN = workspace.read(rankingRecord)?.topN;
  const picture = publication && presentPicture(workspace, publication);
  const choice = picture && choiceOf(workspace, picture);
  const look = choice && lookOf(picture);
  const corrections =
    prepared && publication && rehearsedCorrections(workspace.videoId, prepared, publication, options);
  return {
    ...(topN !== undefined && { topN }),
    ...(choice && look && { choice, look }),
    ...(corrections && { corrections }),
  };
}

/** Candidates by their name, so that nothing is decoded again; any other frame by its moment. */
function choiceOf(workspace: Pick<ReadOnlyWorkspace, 'read'>, { frame }: DrawnPicture): Choice | undefined {
  const isCandidate = workspace.read(rankingRecord)?.candidates.some((candidate) => candidate.frame === frame);
  if (isCandidate) return { frame };
  const selection = workspace.read(selectionRecord);
  const atSeconds = frame === selection?.frame ? selection.time : timeOfFrame(frame);
  return atSeconds === undefined ? undefined : { atSeconds };
}

/** Undefined, so that a person is asked, where it is none that a choice may have. */
function lookOf({ template, theme, crop }: DrawnPicture): Look | undefined {
  return lookSchema.safeParse({ template, theme, ...(crop && { crop }) }).data;
}
