import { describeEnding } from '../domain/ending.ts';
import { newsKey } from '../domain/news-key.ts';
import type { Stage } from '../domain/stages.ts';
import { isActive, type VideoSummary } from '../temporal/client/video-summary.ts';
import type { Trouble, VideoSubscriber, VideoWatch } from '../temporal/client/watch/index.ts';
import { onOneLine } from './output.ts';

const worthTelling: readonly Stage[] = ['WAITING_FOR_SELECTION', 'NEEDS_ATTENTION', 'COMPLETED', 'CANCELLED'];

/**
 * Prints to the terminal when a video starts waiting for a person, needs attention, or has ended. A problem that holds
 * up several videos is printed once.
 */
export function announceVideos(videos: VideoWatch, say: (message: string) => void): { stop(): void } {
  const stages = new Map<string, Stage>();
  const causes = new Set<string>();
  const isKnown = (video: VideoSummary) => {
    if (video.attention?.failingSince === undefined) return false;
    const isTold = causes.has(newsKey(video));
    causes.add(newsKey(video));
    return isTold;
  };
  const { end } = videos.subscribe({
    scope: 'running',
    changed({ changed, gone }) {
      const news = changed.filter(
        ({ videoId, stage }) => stages.get(videoId) !== stage && worthTelling.includes(stage),
      );
      for (const { videoId, stage } of changed) stages.set(videoId, stage);
      for (const { videoId } of [...gone, ...changed.filter((video) => !isActive(video))]) stages.delete(videoId);
      for (const video of news) if (!isKnown(video)) say(onOneLine(announcement(video)));
      for (const { title, recording } of gone) say(`- ${title ?? recording} is gone: its workflow was deleted.`);
    },
    trouble: tellTrouble(say),
  });
  return { stop: end };
}

/** Prints to the terminal what keeps all videos waiting, and when that is over. */
export function announceTrouble(videos: VideoWatch, say: (message: string) => void): { stop(): void } {
  const { end } = videos.subscribe({ scope: 'running', changed() {}, trouble: tellTrouble(say) });
  return { stop: end };
}

const tellTrouble =
  (say: (message: string) => void): VideoSubscriber['trouble'] =>
  (problem, before) =>
    say(problem ? describe(problem) : (before?.told?.end ?? 'Temporal is answering again.'));

function announcement({ videoId, recording, title, stage, watchUrl, rehearsal, attention, ended }: VideoSummary) {
  const name = title ?? recording;
  switch (stage) {
    case 'WAITING_FOR_SELECTION':
      return `? ${name} waits for you: npx badminton select ${videoId}`;
    case 'NEEDS_ATTENTION':
      return `! ${name} needs attention: ${attention?.reason} ${attention?.action} To try again: npx badminton retry ${videoId}${attention?.failingSince === undefined ? '' : '\n  You are told this once, even if it holds up other matches too.'}`;
    case 'COMPLETED':
      return `✓ ${name} is published${rehearsal ? ' (REHEARSAL)' : ''}: ${watchUrl}`;
    default:
      return ended ? `! ${name} ended: ${describeEnding(ended)}` : `- ${name} was cancelled.`;
  }
}

const describe = ({ isAway, reason, told }: Trouble) =>
  told?.begin ?? `Temporal ${isAway ? 'is not answering' : 'cannot be queried'} at the moment: ${reason}`;
