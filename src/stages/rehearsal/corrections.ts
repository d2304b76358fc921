import path from 'node:path';
import { type Corrections, correctionsSchema, firstCorrectionsSchema } from '../../domain/corrections.ts';
import { StageError } from '../../domain/errors.ts';
import { parseRecordingName } from '../../domain/file-name.ts';
import { type Match, matchSchema } from '../../domain/match.ts';
import { buildMetadata } from '../../domain/metadata.ts';
import { type Privacy, privacies } from '../../domain/privacy.ts';
import { visibilityAt } from '../../domain/revision-plan.ts';
import type { PreparedRecord, PublicationRecord } from '../records.ts';

export interface RehearsedOptions {
  readonly club: { readonly hashtags: readonly string[] };
  /** Where the recording is now. */
  readonly recording: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * What was rehearsed, as corrections: the match, because the file may have another name by now, texts where a person has
 * written them, and what may be seen of it by now.
 * @throws StageError METADATA_INVALID for what cannot be taken over: nothing is published otherwise than it was rehearsed
 */
export function rehearsedCorrections(
  videoId: string,
  prepared: PreparedRecord,
  publication: PublicationRecord,
  { club, recording, now }: RehearsedOptions,
): Corrections {
  const { title, description } = publication;
  const match = publication.match ?? prepared.match;
  const date = publication.date ?? prepared.recordedOn;
  const usual = match && buildMetadata({ match, date, videoId, club, privacy: 'private' });
  const wanted = {
    ...(publication.match && matchOf(publication.match, recording)),
    ...(publication.match && dayOf(date, prepared)),
    ...(title !== usual?.title && taken('title', title)),
    ...(description !== undefined && description !== usual?.description && taken('description', description)),
    ...visibilityOf(publication, now),
  };
  const read = firstCorrectionsSchema.safeParse(wanted);
  if (read.success) return read.data;
  throw cannot('match', read.error.issues[0]?.message);
}

type Fields = typeof correctionsSchema.shape;

/** A field by itself: an odd value in one must not take another with it. */
function taken<Name extends keyof Fields & string>(name: Name, value: unknown, action?: string) {
  const read = correctionsSchema.shape[name].safeParse(value);
  if (!read.success) throw cannot(name, read.error.issues[0]?.message, action);
  return { [name]: value };
}

/** A file name may say what no correction may; as long as it says the same, nobody has to. */
function matchOf(match: Match, recording: string): Corrections {
  const { matchType, teams, tournament } = match;
  const names = (['teams', 'tournament'] as const).map((name) => correctionsSchema.shape[name].safeParse(match[name]));
  if (names.every(({ success }) => success)) return { matchType, teams: [teams[0], teams[1]], tournament };
  if (saysTheSame(recording, match)) return {};
  const problem = names.find(({ error }) => error)?.error?.issues[0]?.message;
  throw cannot('match', problem, 'Give the recording the name back that it was rehearsed with.');
}

function saysTheSame(recording: string, match: Match): boolean {
  try {
    const named = parseRecordingName(path.basename(recording)).match;
    return JSON.stringify(matchSchema.parse(named)) === JSON.stringify(matchSchema.parse(match));
  } catch {
    return false;
  }
}

/** A day that the recording itself tells is told again, however odd it is. */
function dayOf(date: string, { recordedOn }: PreparedRecord): Pick<Corrections, 'date'> {
  if (date === recordedOn && !correctionsSchema.shape.date.safeParse(date).success) return {};
  return taken('date', date);
}

/** What was public by now is public at once: neither private until then, nor scheduled anew by the club's time of day. */
function visibilityOf({ privacy, publishAt }: PublicationRecord, now: number): Corrections {
  if (!isPrivacy(privacy)) throw cannot('visibility', `“${privacy}” is none that is known here`);
  if (publishAt !== undefined) taken('publishAt', publishAt);
  const visible = visibilityAt({ privacy, publishAt }, now);
  if (visible.publishAt !== undefined) return { publishAt: visible.publishAt };
  return { privacy: visible.privacy, ...(visible.privacy === 'public' && { publishAt: 'now' }) };
}

const isPrivacy = (text: string): text is Privacy => privacies.some((privacy) => privacy === text);

function cannot(what: string, problem = 'it cannot be read', action = howElse): StageError {
  const said = `The ${what} that was rehearsed cannot be published as it is: ${problem.replace(/\.$/, '')}.`;
  return new StageError('METADATA_INVALID', said, { remedy: 'fix', action });
}

const howElse = 'Start its recording again instead, and say what it is to be.';
