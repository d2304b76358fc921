import { createHash } from 'node:crypto';
import { badRequest } from './google-answer.ts';
import type { StoredVideo } from './library.ts';
import { onlyParts } from './only-parts.ts';
import { processingDetails, uploadStatus } from './processing.ts';

export const channelId = 'UClocal-rehearsal-000000';
export const uploadsPlaylistId = 'UUlocal-rehearsal-000000';
export const channelTitle = 'Rehearsal channel';
/** A second channel, for rehearsing a sign-in to the wrong one. */
export const otherChannelId = 'UClocal-rehearsal-other0';

export const ownerOf = (video: Pick<StoredVideo, 'channelId'>) => video.channelId ?? channelId;
export const titleOf = (channel: string) => (channel === channelId ? channelTitle : 'Another rehearsal channel');

/** Parts known to the API; those for which the local YouTube has no data are accepted and left out. */
const videoParts = [
  'id',
  'snippet',
  'status',
  'contentDetails',
  'fileDetails',
  'processingDetails',
  'recordingDetails',
  'statistics',
  'player',
  'localizations',
  'liveStreamingDetails',
  'paidProductPlacementDetails',
  'suggestions',
  'topicDetails',
] as const;
export type VideoPart = (typeof videoParts)[number];

/** @throws GoogleError for a missing or unknown part */
export function readVideoParts(values: readonly string[]): VideoPart[] {
  return readParts(values, videoParts);
}

/** @param values the `part` parameters, each perhaps a list with commas */
export function readParts<T extends string>(values: readonly string[], known: readonly T[]): T[] {
  const names = values.flatMap((value) => value.split(',')).filter((name) => name !== '');
  if (names.length === 0) throw badRequest('missingRequiredParameter', 'The part parameter is required');
  const unknown = names.find((name) => !known.includes(name as T));
  if (unknown !== undefined) throw badRequest('unknownPart', `Unknown part: ${unknown.slice(0, 40)}`);
  return names as T[];
}

/** What a resource depends on, apart from the video. */
export interface Shown {
  readonly rootUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The channel that is signed in. */
  readonly channelId: string;
}

/** A video as the API shows it to its owner. */
export function toVideoResource(video: StoredVideo, parts: readonly VideoPart[], { rootUrl, now }: Shown) {
  const all: Partial<Record<VideoPart, unknown>> = {
    snippet: {
      publishedAt: video.publishedAt,
      channelId: ownerOf(video),
      channelTitle: titleOf(ownerOf(video)),
      ...video.snippet,
      thumbnails: toThumbnails(video, rootUrl),
    },
    status: {
      license: 'youtube',
      embeddable: true,
      publicStatsViewable: true,
      madeForKids: video.status.selfDeclaredMadeForKids,
      ...visibleStatus(video, now),
      ...toUploadStatus(video, now),
    },
    contentDetails: { hasCustomThumbnail: video.thumbnail !== undefined },
    fileDetails: { fileSize: String(video.outcome?.fileSize ?? video.fileSize) },
    processingDetails: processingDetails(video, now),
    recordingDetails: video.recordingDetails,
  };
  const wanted = onlyParts(all, parts);
  return { kind: 'youtube#video', etag: etag(wanted), id: video.id, ...wanted };
}

function toUploadStatus(video: StoredVideo, now: number) {
  const { uploadStatus: state, reason } = uploadStatus(video, now);
  const reasonField = state === 'failed' ? 'failureReason' : 'rejectionReason';
  return { uploadStatus: state, ...(reason !== undefined && { [reasonField]: reason }) };
}

/** A private video whose `publishAt` has passed is public, and the time is no longer shown. */
export function visibleStatus({ status }: Pick<StoredVideo, 'status'>, now: number): StoredVideo['status'] {
  const { publishAt, ...rest } = status;
  if (publishAt === undefined) return rest;
  return Date.parse(publishAt) > now ? status : { ...rest, privacyStatus: 'public' };
}

/** Empty without a custom picture: nothing is drawn here. */
export function toThumbnails(video: StoredVideo, rootUrl: string) {
  if (!video.thumbnail) return {};
  const url = `${rootUrl}vi/${video.id}/thumbnail?v=${video.thumbnail.version}`;
  return {
    default: { url, width: 120, height: 90 },
    high: { url, width: 480, height: 360 },
    maxres: { url, width: 1280, height: 720 },
  };
}

export function etag(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 27);
}
