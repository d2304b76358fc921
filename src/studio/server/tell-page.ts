import type { Subscription, Trouble, VideoWatch } from '../../temporal/client/watch/index.ts';
import type { LiveEventName, LiveEvents } from '../live-events.ts';

export type Tell = <Name extends LiveEventName>(event: Name, data: LiveEvents[Name]) => void;

/** Keeps an open page informed about all videos, and about what those on its screen are doing. */
export const tellPage = (videos: VideoWatch, tell: Tell): Subscription =>
  videos.subscribe({
    scope: 'all',
    changed: ({ changed, gone }) => tell('videos', { changed, gone: gone.map(({ videoId }) => videoId) }),
    progressed: (steps) => tell('progress', steps),
    trouble: (problem) => tell('trouble', { problem: problem ? describe(problem) : null }),
  });

function describe({ isAway, reason, isBeingSolved, told }: Trouble): string {
  if (told) return told.begin;
  if (!isAway) return `Temporal cannot be asked: ${reason}`;
  return isBeingSolved
    ? `Temporal is not answering at the moment: ${reason}`
    : 'Temporal does not answer, so what this page shows may be out of date. It recovers once Temporal answers.';
}
