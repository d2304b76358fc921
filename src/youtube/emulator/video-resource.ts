import { createHash } from 'node:crypto';
import { badRequest } from './google-answer.ts';
import type { StoredVideo } from './library.ts';

export const channelId = 'UClocal-rehearsal-000000';
export const uploadsPlaylistId = 'UUlocal-rehearsal-000000';
export const channelTitle = 'Rehearsal channel';

/** Parts that are known to the API; those the local YouTube has nothing for are accepted and left out. */
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

/** A video as the API shows it to its owner. */
export function toVideoResource(video: StoredVideo, parts: readonly VideoPart[], rootUrl: string) {
  const processed = Date.now() >= video.processedAt;
  const all: Partial<Record<VideoPart, unknown>> = {
    snippet: {
      publishedAt: video.publishedAt,
      channelId,
      channelTitle,
      ...video.snippet,
      thumbnails: toThumbnails(video, rootUrl),
    },
    status: {
      uploadStatus: processed ? 'processed' : 'uploaded',
      license: 'youtube',
      embeddable: true,
      madeForKids: video.status.selfDeclaredMadeForKids,
      ...video.status,
    },
    contentDetails: { hasCustomThumbnail: video.thumbnail !== undefined },
    fileDetails: { fileSize: String(video.fileSize) },
    processingDetails: { processingStatus: processed ? 'succeeded' : 'processing' },
    recordingDetails: video.recordingDetails,
  };
  const wanted = Object.fromEntries(parts.flatMap((part) => (all[part] ? [[part, all[part]]] : [])));
  return { kind: 'youtube#video', etag: etag([video, processed]), id: video.id, ...wanted };
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
