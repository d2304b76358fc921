import type { youtube_v3 } from '@googleapis/youtube';
import type { Privacy } from '../domain/privacy.ts';
import type { ChannelVideo, ProcessingProgress } from './youtube.ts';

export const channelVideoParts = ['snippet', 'status', 'contentDetails', 'fileDetails', 'processingDetails'];

export function toChannelVideo(video: youtube_v3.Schema$Video): ChannelVideo {
  const { snippet, status, fileDetails, contentDetails, processingDetails } = video;
  const pictures = snippet?.thumbnails;
  return {
    channelId: snippet?.channelId ?? undefined,
    title: snippet?.title ?? '',
    description: snippet?.description ?? '',
    tags: snippet?.tags ?? [],
    privacy: (status?.privacyStatus ?? 'private') as Privacy,
    publishAt: status?.publishAt ?? undefined,
    madeForKids: status?.selfDeclaredMadeForKids ?? undefined,
    uploadStatus: uploadStatusOf(video),
    processing: progressOf(processingDetails),
    reason: status?.failureReason ?? status?.rejectionReason ?? processingDetails?.processingFailureReason ?? undefined,
    fileSize: fileDetails?.fileSize ? Number(fileDetails.fileSize) : undefined,
    thumbnail: (pictures?.maxres ?? pictures?.high ?? pictures?.default)?.url ?? undefined,
    hasCustomThumbnail: contentDetails?.hasCustomThumbnail ?? false,
    channelTitle: snippet?.channelTitle ?? undefined,
  };
}

/** Processing may have failed before the upload's status says so. */
function uploadStatusOf({ status, processingDetails }: youtube_v3.Schema$Video): ChannelVideo['uploadStatus'] {
  const said = (status?.uploadStatus ?? 'uploaded') as ChannelVideo['uploadStatus'];
  return said === 'uploaded' && processingDetails?.processingStatus === 'failed' ? 'failed' : said;
}

/** "Videos" reference, processingDetails.processingProgress: it means something only while the video is processed. */
function progressOf(details: youtube_v3.Schema$VideoProcessingDetails | undefined): ProcessingProgress | undefined {
  const { processingStatus, processingProgress } = details ?? {};
  if (processingStatus !== 'processing' || !processingProgress) return undefined;
  const { partsProcessed, partsTotal, timeLeftMs } = processingProgress;
  return {
    partsProcessed: countOf(partsProcessed),
    partsTotal: countOf(partsTotal),
    timeLeftMs: countOf(timeLeftMs),
  };
}

const countOf = (text: string | null | undefined) => (text && Number.isFinite(Number(text)) ? Number(text) : undefined);
