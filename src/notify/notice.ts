import { newsKey } from '../domain/news-key.ts';
import type { VideoSummary } from '../temporal/client/videos.ts';

/** Something that a person should hear of, wherever they are. */
export interface Notice {
  /** One for each time that a video begins to wait or needs attention, and one for all videos that need it for one cause. */
  readonly key: string;
  readonly kind: 'waiting' | 'attention';
  readonly videoId: string;
  readonly recording: string;
  readonly title: string;
  /** A sentence, with the link. */
  readonly text: string;
  /** The video in the studio. */
  readonly link: string;
}

/** The key of what is to be told of a video where it stands now; undefined when nothing is. */
export function noticeKey(video: VideoSummary): string | undefined {
  const { stage, undoUntil } = video;
  const isWaiting = stage === 'WAITING_FOR_SELECTION' && undoUntil === undefined;
  return isWaiting || stage === 'NEEDS_ATTENTION' ? newsKey(video) : undefined;
}

/** What is to be told of a video that has a key. */
export function noticeOf(video: VideoSummary, key: string, studioUrl: string): Notice {
  const { videoId, recording, stage, attention } = video;
  const link = new URL(`/videos/${encodeURIComponent(videoId)}`, studioUrl).href;
  const title = video.title ?? recording;
  const notice = { key, videoId, recording, title, link };
  if (stage === 'WAITING_FOR_SELECTION') {
    return { ...notice, kind: 'waiting', text: `${title} waits for you to choose its frame: ${link}` };
  }
  const why = [attention?.reason, attention?.action].filter(Boolean).join(' ');
  const once =
    attention?.failingSince === undefined ? '' : ' You are told this once, even if it holds up other matches too.';
  return { ...notice, kind: 'attention', text: `${title} needs attention: ${why}${once} ${link}` };
}
