import type { VideoSummary } from '../temporal/client/videos.ts';

/** Something that a person should hear of, wherever they are. */
export interface Notice {
  /** One for each time that a video begins to wait or needs attention. */
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

/** What is to be told of a video where it stands now; undefined when nothing is. */
export function noticeOf(video: VideoSummary, studioUrl: string): Notice | undefined {
  const { videoId, runId, recording, stage, since, attention, undoUntil } = video;
  const link = new URL(`/videos/${encodeURIComponent(videoId)}`, studioUrl).href;
  const title = video.title ?? recording;
  const notice = { key: `${runId} ${stage} ${since}`, videoId, recording, title, link };
  if (stage === 'WAITING_FOR_SELECTION' && undoUntil === undefined) {
    return { ...notice, kind: 'waiting', text: `${title} waits for you to choose its frame: ${link}` };
  }
  if (stage === 'NEEDS_ATTENTION') {
    const why = [attention?.reason, attention?.action].filter(Boolean).join(' ');
    return { ...notice, kind: 'attention', text: `${title} needs attention: ${why} ${link}` };
  }
  return undefined;
}
