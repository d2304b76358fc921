import { newsKey } from '../domain/news-key.ts';
import type { VideoSummary } from '../temporal/client/videos.ts';

/** Something a person should be told, wherever they are. */
export interface Notice {
  /**
   * A new one each time a video starts to wait or needs attention; videos that need attention for the same cause may
   * share one.
   */
  readonly key: string;
  readonly kind: 'waiting' | 'attention' | 'test';
  readonly videoId: string;
  readonly recording: string;
  readonly title: string;
  /** What has happened, without a link. */
  readonly summary: string;
  /** The same with the link at its end. */
  readonly text: string;
  /** Opens the video in the studio. */
  readonly link: string;
}

/** The key of the notice due for a video in its present stage; undefined if none is due. */
export function noticeKey(video: VideoSummary): string | undefined {
  const { stage, undoUntil } = video;
  const isWaiting = stage === 'WAITING_FOR_SELECTION' && undoUntil === undefined;
  return isWaiting || stage === 'NEEDS_ATTENTION' ? newsKey(video) : undefined;
}

/** The notice for a video that has a key. */
export function noticeOf(video: VideoSummary, key: string, studioUrl: string): Notice {
  const { videoId, recording, stage, attention } = video;
  const link = new URL(`/videos/${encodeURIComponent(videoId)}`, studioUrl).href;
  const title = video.title ?? recording;
  const notice = { key, videoId, recording, title, link };
  if (stage === 'WAITING_FOR_SELECTION') {
    const summary = `${title} waits for you to choose its frame`;
    return { ...notice, kind: 'waiting', summary, text: `${summary}: ${link}` };
  }
  const why = [attention?.reason, attention?.action].filter(Boolean).join(' ');
  const once =
    attention?.failingSince === undefined ? '' : ' You are told this once, even if it holds up other matches too.';
  const summary = `${title} needs attention: ${why}${once}`;
  return { ...notice, kind: 'attention', summary, text: `${summary} ${link}` };
}
