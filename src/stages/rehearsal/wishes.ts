import { type Corrections, firstCorrectionsSchema } from '../../domain/corrections.ts';
import type { Look } from '../../domain/look.ts';
import { buildMetadata } from '../../domain/metadata.ts';
import { type Privacy, privacies } from '../../domain/privacy.ts';
import type { Choice } from '../../domain/selection.ts';
import type { ReadOnlyWorkspace } from '../../workspace/workspace.ts';
import { timeOfFrame } from '../frame-name.ts';
import {
  type PreparedRecord,
  type PublicationRecord,
  preparedRecord,
  publicationRecord,
  rankingRecord,
  selectionRecord,
  thumbnailRecord,
} from '../records.ts';

/** What a video starts with so that it is published as it was rehearsed. */
export interface RehearsedWishes {
  readonly topN?: number;
  readonly choice?: Choice;
  readonly look?: Look;
  readonly corrections?: Corrections;
}

export interface RehearsedOptions {
  readonly club: { readonly hashtags: readonly string[] };
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The frame, look, texts, visibility and time of a rehearsal, with its revisions. What no record says is left out: a
 * person is then asked for a frame, and texts come from the recording's name.
 */
export function rehearsedWishes(
  workspace: Pick<ReadOnlyWorkspace, 'videoId' | 'read'>,
  options: RehearsedOptions,
): RehearsedWishes {
  const prepared = workspace.read(preparedRecord);
  const publication = workspace.read(publicationRecord('local'));
  const topN = workspace.read(rankingRecord)?.topN;
  const choice = choiceOf(workspace, publication);
  const look = choice && lookOf(workspace, publication);
  const corrections = prepared && publication && correctionsOf(workspace.videoId, prepared, publication, options);
  return {
    ...(topN !== undefined && { topN }),
    ...(choice && { choice }),
    ...(look && { look }),
    ...(corrections && { corrections }),
  };
}

type Records = Pick<ReadOnlyWorkspace, 'read'>;

/** Candidates by their name, so that nothing is decoded again; any other frame by its moment. */
function choiceOf(workspace: Records, publication: PublicationRecord | undefined): Choice | undefined {
  const selection = workspace.read(selectionRecord);
  const frame = publication?.picture?.frame ?? selection?.frame;
  if (frame === undefined) return undefined;
  const isCandidate = workspace.read(rankingRecord)?.candidates.some((candidate) => candidate.frame === frame);
  if (isCandidate) return { frame };
  const atSeconds = frame === selection?.frame ? selection.time : timeOfFrame(frame);
  return atSeconds === undefined ? undefined : { atSeconds };
}

function lookOf(workspace: Records, publication: PublicationRecord | undefined): Look | undefined {
  const { picture } = publication ?? {};
  if (picture) return { template: picture.template, theme: picture.theme };
  const drawn = workspace.read(thumbnailRecord);
  return drawn && { template: drawn.template, theme: drawn.theme, ...(drawn.crop && { crop: drawn.crop }) };
}

/** The match always, because the file may have another name by now; texts only where a person has written them. */
function correctionsOf(
  videoId: string,
  prepared: PreparedRecord,
  { match, date, title, description, privacy, publishAt }: PublicationRecord,
  { club, now }: RehearsedOptions,
): Corrections | undefined {
  const shown = match ?? prepared.match;
  const day = date ?? prepared.recordedOn;
  const usual = shown && buildMetadata({ match: shown, date: day, videoId, club, privacy: 'private' });
  const read = firstCorrectionsSchema.safeParse({
    ...(match && { matchType: match.matchType, teams: match.teams, tournament: match.tournament, date: day }),
    ...(title !== usual?.title && { title }),
    ...(description !== undefined && description !== usual?.description && { description }),
    ...(isPrivacy(privacy) && { privacy }),
    ...(publishAt !== undefined && Date.parse(publishAt) > now && { publishAt }),
  });
  return read.success ? read.data : undefined;
}

const isPrivacy = (text: string): text is Privacy => privacies.some((privacy) => privacy === text);
