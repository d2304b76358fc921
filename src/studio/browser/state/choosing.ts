import { computed, effect, signal } from '@preact/signals';
import { api, ask, type Refusal } from '../api.ts';
import { type Video, videos, waiting } from './live.ts';
import { addressOf, go } from './route.ts';
import type { DeskSession, Frame } from './session.ts';
import { tell } from './toasts.ts';

/** Seconds in which a choice can be taken back. */
export const undoSeconds = 10;

/** Videos for which this page has chosen, and whether the list of all videos, a moment behind, reflects it. */
const chosenHere = signal<ReadonlyMap<string, 'unheard' | 'heard'>>(new Map());
export const isChosenHere = (id: string) => chosenHere.value.has(id);

/** What is still waiting for this person. */
export const queue = computed(() => waiting.value.filter(({ videoId }) => chosenHere.value.get(videoId) !== 'unheard'));

// A video whose choice had arrived but that is waiting again was undone by somebody, or started again.
effect(() => {
  const waits = new Set(waiting.value.map(({ videoId }) => videoId));
  for (const [id, word] of chosenHere.value) {
    if (word === 'unheard' && !waits.has(id)) mark(id, 'heard');
    if (word === 'heard' && waits.has(id)) mark(id, undefined);
  }
});

export const after = (id: string): Video | undefined => queue.value.find(({ videoId }) => videoId !== id);

/** Chooses, and moves on immediately; a refusal by the workflow is shown in its words. */
export async function choose(session: DeskSession, frame: Frame): Promise<void> {
  const { id } = session;
  const name = nameOf(id);
  mark(id, 'unheard');
  const next = after(id);
  go(next ? addressOf(next.videoId) : '/board');
  const choice = frame.kind === 'candidate' ? { frame: frame.candidate.frame } : { atSeconds: frame.time };
  let isSent = false;
  try {
    // The preview included what was typed, so it must be published that way.
    await session.saveDraft();
    isSent = true;
    await ask(
      api.videos[':id'].select.$post({ param: { id }, json: { ...choice, look: session.look.peek(), undoSeconds } }),
    );
    // By then the list reflects it; a video still waiting was undone before.
    setTimeout(() => chosenHere.peek().get(id) === 'unheard' && mark(id, 'heard'), undoSeconds * 1000);
    session.pinned.value = undefined;
    tell(
      { kind: 'done', text: `Chosen: ${name}`, button: { label: 'Undo', key: 'u', press: () => void undo(id) } },
      undoSeconds,
    );
    void session.read();
  } catch (error) {
    mark(id, undefined);
    const { message, mayBeDone } = error as Refusal;
    tell({
      kind: 'problem',
      text: isSent
        ? `${mayBeDone ? 'Perhaps chosen' : 'Not chosen'}: ${name}. ${message}`
        : `Not chosen: ${name}. ${mayBeDone ? 'Its correction was perhaps saved.' : 'Its correction was not saved.'} ${message}`,
      button: { label: 'Show', press: () => go(addressOf(id)) },
    });
    void session.read();
  }
}

/** Undoes a choice, no matter who made it, and returns to the video. */
export async function undo(id: string): Promise<void> {
  try {
    await ask(api.videos[':id'].undo.$post({ param: { id }, json: {} }));
    mark(id, undefined);
    tell({ kind: 'done', text: `Undone: ${nameOf(id)}` });
    go(addressOf(id));
  } catch (error) {
    const { message, mayBeDone } = error as Refusal;
    tell({ kind: 'problem', text: `${mayBeDone ? 'Perhaps undone' : 'Not undone'}: ${nameOf(id)}. ${message}` });
  }
}

function mark(id: string, word: 'unheard' | 'heard' | undefined): void {
  const next = new Map(chosenHere.peek());
  if (word) next.set(id, word);
  else next.delete(id);
  chosenHere.value = next;
}

const nameOf = (id: string) => {
  const video = videos.peek()?.get(id);
  return video?.title ?? video?.recording ?? id;
};
