import { effect } from '@preact/signals';
import { api, ask } from '../api.ts';
import { type Video, videos } from '../state/live.ts';
import { canRetryHelp, needsCorrection } from '../ui/attention.ts';
import { words } from './words.ts';

/** What can be done with several videos at once. */
export type Deed = 'best' | 'retry' | 'tournament' | 'cancel';

interface Wish {
  readonly tournament: string;
  readonly undoSeconds: number;
}
type Undo = () => Promise<unknown>;

interface DeedParts {
  /** Whether it can be done with a video now; its workflow has the last word. */
  readonly fits: (video: Video) => boolean;
  /** Does it. @returns how to undo it, if that is possible. @throws Refusal */
  readonly act: (video: Video, wish: Wish) => Promise<Undo | undefined>;
}

const correctable = ['PREPARING', 'RANKING', 'WAITING_FOR_SELECTION', 'SELECTING', 'ENHANCING', 'NEEDS_ATTENTION'];
const video = api.videos[':id'];

export const deeds: Record<Deed, DeedParts> = {
  best: {
    fits: ({ stage, undoUntil }) => stage === 'WAITING_FOR_SELECTION' && !undoUntil,
    async act({ videoId: id }, { undoSeconds }) {
      await ask(video.select.$post({ param: { id }, json: { best: true, undoSeconds } }));
      return () => ask(video.undo.$post({ param: { id }, json: {} }));
    },
  },
  retry: {
    fits: ({ attention, waiting }) =>
      waiting !== undefined || (attention !== undefined && !needsCorrection(attention) && canRetryHelp(attention)),
    async act({ videoId: id }) {
      await ask(video.retry.$post({ param: { id }, json: {} }));
      return undefined;
    },
  },
  tournament: {
    fits: ({ stage, undoUntil, match }) => match !== undefined && correctable.includes(stage) && !undoUntil,
    async act({ videoId: id, match }, { tournament }) {
      const set = (to: string) => ask(video.correct.$post({ param: { id }, json: { tournament: to } }));
      await set(tournament);
      return match && (() => set(match.tournament));
    },
  },
  cancel: {
    fits: ({ stage }) => stage !== 'COMPLETED' && stage !== 'CANCELLED',
    async act({ videoId: id }) {
      const param = { id };
      // Only its workflow knows them; without a worker it can be cancelled all the same.
      const status = await ask(video.status.$get({ param })).catch(() => undefined);
      await ask(video.cancel.$post({ param, json: {} }));
      return async () => {
        await untilCancelled(id);
        await ask(video.start.$post({ param, json: {} }));
        const corrections = status?.corrections ?? {};
        if (Object.keys(corrections).length > 0) await ask(video.correct.$post({ param, json: { ...corrections } }));
      };
    },
  },
};

/** Milliseconds: its work has to stop first. */
const patience = 20_000;

function untilCancelled(id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      end();
      reject(new Error(words.notStopped));
    }, patience);
    const end = effect(() => {
      if (videos.value?.get(id)?.stage !== 'CANCELLED') return;
      clearTimeout(timer);
      queueMicrotask(() => end());
      resolve();
    });
  });
}
