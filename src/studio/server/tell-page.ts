import type { Subscription, Trouble, VideoWatch } from '../../temporal/client/watch/index.ts';
import type { LiveEventName, LiveEvents } from '../live-events.ts';

export type Tell = <Name extends LiveEventName>(event: Name, data: LiveEvents[Name]) => void;

/** Tells an open page of all videos, and of what those on its screen are doing. */
export const tellPage = (videos: VideoWatch, tell: Tell): Subscription =>
  videos.subscribe({
    scope: 'all',
    changed: ({ changed, gone }) => tell('videos', { changed, gone: gone.map(({ videoId }) => videoId) }),
    progressed: (steps) => tell('progress', steps),
    trouble: (problem) => tell('trouble', { problem: problem ? describe(problem) : null }),
  });

const describe = ({ isAway, reason, isBeingSolved }: Trouble) =>
  isAway && isBeingSolved
    ? `Temporal is not answering at the moment: ${reason}`
    : isAway
      ? 'Temporal does not answer. Is `npm start` still running? This page recovers once it does.'
      : `Temporal cannot be asked: ${reason}`;
