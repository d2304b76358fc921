import type { youtube_v3 } from '@googleapis/youtube';
import type { Privacy } from '../domain/privacy.ts';
import type { ChannelVideo } from './youtube.ts';

export const channelVideoParts = ['snippet', 'status', 'contentDetails', 'fileDetails', 'processingDetails'];

export function toChannelVideo(video: youtube_v3.Schema$Video): ChannelVideo {
  const { snippet, status, fileDetails, contentDetails, processingDetails } = video;
  const pictures = snippet?.thumbnails;
  return {
    title: snippet?.title ?? '',
    description: snippet?.description ?? '',
    tags: snippet?.tags ?? [],
    privacy: (status?.privacyStatus ?? 'private') as Privacy,
    publishAt: status?.publishAt ?? undefined,
    madeForKids: status?.selfDeclaredMadeForKids ?? undefined,
    uploadStatus: (status?.uploadStatus ?? 'uploaded') as ChannelVideo['uploadStatus'],
    reason: status?.failureReason ?? status?.rejectionReason ?? processingDetails?.processingFailureReason ?? undefined,
    fileSize: fileDetails?.fileSize ? Number(fileDetails.fileSize) : undefined,
    thumbnail: (pictures?.maxres ?? pictures?.high ?? pictures?.default)?.url ?? undefined,
    hasCustomThumbnail: contentDetails?.hasCustomThumbnail ?? false,
  };
}
