import type { Privacy } from '../domain/privacy.ts';

/** Everything a video is published with. YouTube replaces whole parts on an update: always pass all of it. */
export interface VideoMetadata {
  /** 1 to 100 characters, without < and >. */
  readonly title: string;
  /** At most 5,000 bytes, without < and >. */
  readonly description: string;
  /** At most 500 characters in total. The first is the id tag, by which a lost publish is found again. */
  readonly tags: readonly string[];
  readonly categoryId: string;
  readonly privacy: Privacy;
  /** ISO 8601: private until then, public from then on. */
  readonly publishAt?: string | undefined;
  /** YYYY-MM-DD, the day the match was filmed. */
  readonly recordingDate: string;
  /** The declaration that US law (COPPA) asks for. */
  readonly madeForKids: boolean;
  /** The declaration of realistic altered or generated content. */
  readonly syntheticMedia: boolean;
  /** BCP 47, for the texts and the spoken language; e.g. `vi`. */
  readonly language?: string | undefined;
}

/** The parts of a video resource that are sent; the API wants them named beside the body. */
export const metadataParts = ['snippet', 'status', 'recordingDetails'] as const;

/**
 * The video resource of the YouTube Data API ("Videos" reference). Privacy and both declarations are always present: an
 * omitted privacyStatus would mean public.
 */
export function toVideoResource(metadata: VideoMetadata) {
  return {
    snippet: {
      title: metadata.title,
      description: metadata.description,
      tags: [...metadata.tags],
      categoryId: metadata.categoryId,
      ...(metadata.language && { defaultLanguage: metadata.language, defaultAudioLanguage: metadata.language }),
    },
    status: {
      privacyStatus: metadata.publishAt ? 'private' : metadata.privacy,
      ...(metadata.publishAt && { publishAt: metadata.publishAt }),
      selfDeclaredMadeForKids: metadata.madeForKids,
      containsSyntheticMedia: metadata.syntheticMedia,
    },
    recordingDetails: { recordingDate: `${metadata.recordingDate}T00:00:00Z` },
  };
}
