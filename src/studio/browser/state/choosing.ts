import { computed, signal } from '@preact/signals';
import { api, ask, type Refusal } from '../api.ts';
import { type Video, videos, waiting } from './live.ts';
import { addressOf, go } from './route.ts';
import type { Frame, Session } from './session.ts';
import { tell } from './toasts.ts';

/** Seconds in which a choice can be taken back. */
export const undoSeconds = 10;

/** Videos for which this page has just chosen; visibility hears of it a moment later. */
const chosenHere = signal<ReadonlySet<string>>(new Set());
export const isChosenHere = (id: string) => chosenHere.value.has(id);

/** What still waits for this person. */
export const queue = computed(() => waiting.value.filter(({ videoId }) => !chosenHere.value.has(videoId)));

export const after = (id: string): Video | undefined => queue.value.find(({ videoId }) => videoId !== id);

/** Chooses, and goes on at once; what the workflow refuses is told in its words. */
export async function choose(session: Session, frame: Frame): Promise<void> {
  const { id } = session;
  const name = nameOf(id);
  mark(id, true);
  const next = after(id);
  go(next ? addressOf(next.videoId) : '/board');
  const choice = frame.kind === 'candidate' ? { frame: frame.candidate.frame } : { atSeconds: frame.time };
  try {
    await ask(
      api.videos[':id'].select.$post({ param: { id }, json: { ...choice, look: session.look.peek(), undoSeconds } }),
    );
    session.pinned.value = undefined;
    tell(
      { kind: 'done', text: `Chosen: ${name}`, button: { label: 'Undo', key: 'u', press: () => void undo(id) } },
      undoSeconds,
    );
    void session.read();
  } catch (error) {
    mark(id, false);
    const { message } = error as Refusal;
    tell({
      kind: 'problem',
      text: `Not chosen: ${name}. ${message}`,
      button: { label: 'Show', press: () => go(addressOf(id)) },
    });
    void session.read();
  }
}

/** Takes a choice back, whoever made it, and returns to the video. */
export async function undo(id: string): Promise<void> {
  try {
    await ask(api.videos[':id'].undo.$post({ param: { id }, json: {} }));
    mark(id, false);
    tell({ kind: 'done', text: `Undone: ${nameOf(id)}` });
    go(addressOf(id));
  } catch (error) {
    tell({ kind: 'problem', text: (error as Refusal).message });
  }
}

function mark(id: string, isChosen: boolean): void {
  const next = new Set(chosenHere.peek());
  if (isChosen) next.add(id);
  else next.delete(id);
  chosenHere.value = next;
}

const nameOf = (id: string) => {
  const video = videos.peek()?.get(id);
  return video?.title ?? video?.recording ?? id;
};
