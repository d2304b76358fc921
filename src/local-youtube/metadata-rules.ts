import { badRequest } from './google-answer.ts';

/** The writable parts of a video resource, as stored. */
export interface Metadata {
  readonly snippet: {
    readonly title: string;
    readonly description: string;
    readonly tags: readonly string[];
    readonly categoryId: string;
    readonly defaultLanguage?: string | undefined;
    readonly defaultAudioLanguage?: string | undefined;
  };
  readonly status: {
    readonly privacyStatus: 'public' | 'unlisted' | 'private';
    /** ISO 8601: when a private video becomes public. */
    readonly publishAt?: string | undefined;
    readonly selfDeclaredMadeForKids: boolean;
    readonly containsSyntheticMedia: boolean;
    /** Absent: YouTube's defaults, which are the standard license and true. */
    readonly license?: 'youtube' | 'creativeCommon' | undefined;
    readonly embeddable?: boolean | undefined;
    readonly publicStatsViewable?: boolean | undefined;
  };
  readonly recordingDetails: { readonly recordingDate?: string | undefined };
}

const writableParts = ['snippet', 'status', 'recordingDetails'] as const;
type Fields = Record<string, unknown>;

/**
 * Checks the video resource of an insert (`before` undefined) or an update, and returns the resulting metadata: a part
 * that is named is replaced as a whole, whatever it leaves out (videos.update reference).
 *
 * @throws GoogleError
 */
export function applyMetadata(body: Fields, parts: readonly string[], before?: Metadata): Metadata {
  for (const part of writableParts) {
    if (body[part] !== undefined && !parts.includes(part)) {
      throw badRequest('unexpectedPart', `The body has ${part}, which the part parameter does not name`);
    }
  }
  const named = (part: (typeof writableParts)[number]) => !before || parts.includes(part);
  return {
    snippet: named('snippet') || !before ? readSnippet(object(body.snippet), before !== undefined) : before.snippet,
    status: named('status') || !before ? readStatus(object(body.status)) : before.status,
    recordingDetails:
      named('recordingDetails') || !before
        ? readRecordingDetails(object(body.recordingDetails))
        : before.recordingDetails,
  };
}

function readSnippet(snippet: Fields, updating: boolean): Metadata['snippet'] {
  const { title, description = '', tags = [], categoryId, defaultLanguage, defaultAudioLanguage } = snippet;
  if (typeof title !== 'string' || title.trim() === '' || [...title].length > 100 || hasAngle(title)) {
    throw invalid('invalidTitle', 'The title must have 1 to 100 characters, none of them < or >');
  }
  if (typeof description !== 'string' || Buffer.byteLength(description) > 5000 || hasAngle(description)) {
    throw invalid('invalidDescription', 'The description must have at most 5000 bytes, and neither < nor >');
  }
  if (!isTagList(tags) || tagLength(tags) > 500 || tags.some(hasAngle)) {
    throw invalid('invalidTags', 'The tags must have at most 500 characters together');
  }
  if (categoryId === undefined ? updating : !(typeof categoryId === 'string' && /^[1-9]\d?$/.test(categoryId))) {
    throw invalid('invalidCategoryId', 'The category id is missing or unknown');
  }
  if (!isLanguage(defaultLanguage) || !isLanguage(defaultAudioLanguage)) {
    throw invalid('invalidVideoMetadata', 'A language must be a BCP-47 tag');
  }
  return {
    title,
    description,
    tags,
    categoryId: (categoryId as string | undefined) ?? '22',
    ...(defaultLanguage !== undefined && { defaultLanguage }),
    ...(defaultAudioLanguage !== undefined && { defaultAudioLanguage }),
  };
}

function readStatus(status: Fields): Metadata['status'] {
  // As on YouTube: an omitted value means public.
  const { privacyStatus = 'public', selfDeclaredMadeForKids = false, containsSyntheticMedia = false } = status;
  const { publishAt, license, embeddable, publicStatsViewable } = status;
  const privacies: readonly unknown[] = ['public', 'unlisted', 'private'];
  if (!privacies.includes(privacyStatus)) throw invalid('invalidVideoMetadata', 'Unknown privacyStatus');
  if (typeof selfDeclaredMadeForKids !== 'boolean' || typeof containsSyntheticMedia !== 'boolean') {
    throw invalid('invalidVideoMetadata', 'A declaration must be true or false');
  }
  const privacy = privacyStatus as Metadata['status']['privacyStatus'];
  const declared = {
    privacyStatus: privacy,
    selfDeclaredMadeForKids,
    containsSyntheticMedia,
    ...readLicense(license),
    ...readSwitch('embeddable', embeddable),
    ...readSwitch('publicStatsViewable', publicStatsViewable),
  };
  if (publishAt === undefined) return declared;
  // "Videos" reference, status.publishAt: only together with `private`; a time in the past publishes immediately.
  if (privacy !== 'private' || !isMoment(publishAt)) {
    throw invalid('invalidPublishAt', 'publishAt must be an ISO 8601 date and time of a private video');
  }
  return { ...declared, publishAt };
}

function readLicense(license: unknown): Pick<Metadata['status'], 'license'> {
  if (license === undefined) return {};
  if (license === 'youtube' || license === 'creativeCommon') return { license };
  throw invalid('forbiddenLicenseSetting', 'Unknown license');
}

function readSwitch(name: 'embeddable' | 'publicStatsViewable', value: unknown): Partial<Metadata['status']> {
  if (value === undefined) return {};
  if (typeof value === 'boolean') return { [name]: value };
  throw invalid('invalidVideoMetadata', `${name} must be true or false`);
}

function readRecordingDetails({ recordingDate }: Fields): Metadata['recordingDetails'] {
  if (recordingDate === undefined) return {};
  if (!isMoment(recordingDate)) {
    throw invalid('invalidRecordingDetails', 'recordingDate must be an ISO 8601 date and time');
  }
  return { recordingDate };
}

/** "Videos" reference, snippet.tags[]: commas between tags count, and a tag with a space counts as if quoted. */
function tagLength(tags: readonly string[]): number {
  const quoted = tags.map((tag) => tag.length + (tag.includes(' ') ? 2 : 0));
  return quoted.reduce((sum, length) => sum + length, Math.max(0, tags.length - 1));
}

function isTagList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((tag) => typeof tag === 'string' && tag !== '');
}

function isMoment(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
}

function isLanguage(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value));
}

function hasAngle(text: string): boolean {
  return /[<>]/.test(text);
}

function object(value: unknown): Fields {
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw badRequest('parseError', 'A part of the resource is not an object');
}

function invalid(reason: string, message: string) {
  return badRequest(reason, message, 'youtube.video');
}
