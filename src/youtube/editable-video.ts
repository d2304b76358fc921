import type { youtube_v3 } from '@googleapis/youtube';
import type { Privacy } from '../domain/privacy.ts';

/** What is sent of a part, or read to be sent again: "Videos: update", the properties that a value can be set for. */
export interface WritableParts {
  readonly snippet: youtube_v3.Schema$VideoSnippet;
  readonly status: youtube_v3.Schema$VideoStatus;
}

/** A video of the channel with everything of its parts `snippet` and `status` that an update would replace. */
export interface EditableVideo {
  readonly channelId: string | undefined;
  readonly title: string;
  readonly description: string;
  readonly privacy: Privacy;
  /** ISO 8601: when it becomes public. */
  readonly publishAt: string | undefined;
  readonly writable: WritableParts;
}

/** Only what is to be changed; a visibility is privacy and time together. */
export interface VideoChange {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly visibility?: { readonly privacy: Privacy; readonly publishAt?: string | undefined } | undefined;
}

/** `fileDetails` is for the owner only, so that a video of another channel is refused instead of shown. */
export const editableParts = ['snippet', 'status', 'fileDetails'];

const snippetFields = [
  'title',
  'description',
  'tags',
  'categoryId',
  'defaultLanguage',
  'defaultAudioLanguage',
] as const satisfies readonly (keyof youtube_v3.Schema$VideoSnippet)[];
const statusFields = [
  'privacyStatus',
  'publishAt',
  'license',
  'embeddable',
  'publicStatsViewable',
  'selfDeclaredMadeForKids',
  'containsSyntheticMedia',
] as const satisfies readonly (keyof youtube_v3.Schema$VideoStatus)[];

export function toEditableVideo({ snippet = {}, status = {} }: youtube_v3.Schema$Video): EditableVideo {
  return {
    channelId: snippet.channelId ?? undefined,
    title: snippet.title ?? '',
    description: snippet.description ?? '',
    privacy: (status.privacyStatus ?? 'private') as Privacy,
    publishAt: status.publishAt ?? undefined,
    writable: { snippet: only(snippet, snippetFields), status: only(status, statusFields) },
  };
}

/**
 * The parts to send: `videos.update` replaces each named part as a whole, so a part is what was read, with the change,
 * and one in which nothing changes is not named.
 */
export function changedParts({ writable }: EditableVideo, { title, description, visibility }: VideoChange) {
  const { publishAt: _before, ...status } = writable.status;
  return {
    ...((title !== undefined || description !== undefined) && {
      snippet: {
        ...writable.snippet,
        ...(title !== undefined && { title }),
        ...(description !== undefined && { description }),
      },
    }),
    ...(visibility && {
      status: {
        ...status,
        privacyStatus: visibility.privacy,
        ...(visibility.publishAt !== undefined && { publishAt: visibility.publishAt }),
      },
    }),
  };
}

function only<T extends object, K extends keyof T>(part: T, fields: readonly K[]): Pick<T, K> {
  const present = fields.filter((field) => part[field] !== undefined && part[field] !== null);
  return Object.fromEntries(present.map((field) => [field, part[field]])) as Pick<T, K>;
}
