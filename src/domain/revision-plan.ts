import { showMoment } from './local-time.ts';
import type { Privacy } from './privacy.ts';
import type { Revision } from './revision.ts';

/** Who may see it, and from when on. */
export interface Visibility {
  readonly privacy: Privacy;
  /** ISO 8601: private until then, public from then on. */
  readonly publishAt?: string | undefined;
}

/** Title, description and visibility of a video. */
export interface Texts extends Visibility {
  readonly title: string;
  readonly description: string;
}

/** What this program last put on the channel; a field that is absent is not known. */
export type LastPublished = { readonly [Field in keyof Texts]?: Texts[Field] | undefined };

export const revisedFields = ['title', 'description', 'visibility'] as const;
export type RevisedField = (typeof revisedFields)[number];

export interface FieldChange {
  readonly field: RevisedField;
  /** For people. */
  readonly before: string;
  readonly after: string;
}

/** A field that is to be changed is not as this program left it: somebody changed it on YouTube. */
export interface FieldConflict {
  readonly field: RevisedField;
  /** What this program last published; absent if that is not known. */
  readonly published?: string;
  readonly now: string;
  readonly asked: string;
}

export interface RefusedField {
  readonly field: RevisedField;
  readonly problem: string;
}

export interface RevisionPlan {
  /** What the video is to be in the end: everything that is on the channel, with the changes. */
  readonly wanted: Texts;
  readonly changes: readonly FieldChange[];
  readonly conflicts: readonly FieldConflict[];
  /** What YouTube does not take. */
  readonly refused: readonly RefusedField[];
}

export interface PlanOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A person has seen the conflicts and wants the change anyway. */
  readonly force?: boolean | undefined;
  /** In which moments are shown. */
  readonly timeZone?: string | undefined;
}

/**
 * Compares what was last published, what is on the channel now and what is asked, field by field. A field that was not
 * asked for is never changed. One that is as asked already needs no change, whoever did it. One that differs from what
 * was last published is a conflict, and so is one of which that is not known.
 */
export function planRevision(
  asked: Pick<Revision, 'title' | 'description' | 'privacy' | 'publishAt'>,
  published: LastPublished,
  shown: Texts,
  { now, force = false, timeZone }: PlanOptions,
): RevisionPlan {
  const visible = visibilityAt(shown, now);
  const sees = (visibility: Visibility) => describeVisibility(visibility, timeZone);
  const known = published.privacy && visibilityAt({ ...published, privacy: published.privacy }, now);
  const wish = wantedVisibility(asked, visible, now);
  const fields = [
    asked.title !== undefined &&
      ({ field: 'title', published: published.title, now: shown.title, asked: asked.title } as const),
    asked.description !== undefined &&
      ({
        field: 'description',
        published: published.description,
        now: shown.description,
        asked: asked.description,
      } as const),
    typeof wish === 'object' &&
      ({ field: 'visibility', published: known && sees(known), now: sees(visible), asked: sees(wish) } as const),
  ].filter((field) => field !== false);
  const different = fields.filter((field) => field.now !== field.asked);
  const isConflict = (field: (typeof fields)[number]) => !force && field.published !== field.now;
  const taken = different.filter((field) => !isConflict(field));
  const isTaken = (name: RevisedField) => taken.some(({ field }) => field === name);
  return {
    wanted: {
      title: isTaken('title') && asked.title !== undefined ? asked.title : shown.title,
      description: isTaken('description') && asked.description !== undefined ? asked.description : shown.description,
      ...(isTaken('visibility') && typeof wish === 'object' ? wish : visible),
    },
    changes: taken.map(({ field, now: before, asked: after }) => ({ field, before, after })),
    conflicts: different.filter(isConflict).map(({ published: last, ...rest }) => ({
      ...rest,
      ...(last !== undefined && { published: last }),
    })),
    refused: typeof wish === 'string' ? [{ field: 'visibility', problem: wish }] : [],
  };
}

/** The visibility at a moment: a video whose time has come is public. */
export function visibilityAt({ privacy, publishAt }: Visibility, now: number): Visibility {
  if (publishAt === undefined) return { privacy };
  return Date.parse(publishAt) > now
    ? { privacy: 'private', publishAt: new Date(publishAt).toISOString() }
    : { privacy: 'public' };
}

/** "Videos" reference, status.publishAt: only for a private video that has never been public; here, a scheduled one. */
export const isScheduled = (shown: Visibility, now: number): boolean =>
  visibilityAt(shown, now).publishAt !== undefined;

/** A sentence if YouTube would not take it; undefined if nothing about the visibility is asked. */
function wantedVisibility(
  { privacy, publishAt }: Pick<Revision, 'privacy' | 'publishAt'>,
  visible: Visibility,
  now: number,
): Visibility | string | undefined {
  if (publishAt === undefined) return privacy && { privacy };
  if (!isScheduled(visible, now)) {
    return `YouTube takes a time of publishing only while a video is still scheduled; this one is ${visible.privacy}.`;
  }
  if (publishAt === 'now') return { privacy: 'public' };
  if (Date.parse(publishAt) <= now) return 'The time of publishing is in the past.';
  return { privacy: 'private', publishAt: new Date(publishAt).toISOString() };
}

/** For people, such as `public`, or `private until Tue, 1 Dec 2026, 18:00`. */
export const describeVisibility = ({ privacy, publishAt }: Visibility, timeZone?: string): string =>
  publishAt === undefined ? privacy : `private until ${showMoment(publishAt, timeZone)}, then public`;
