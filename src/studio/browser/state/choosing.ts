import { computed, effect, signal } from '@preact/signals';
import { api, ask, type Refusal } from '../api.ts';
import { type Video, videos, waiting } from './live.ts';
import { addressOf, go } from './route.ts';
import type { DeskSession, Frame } from './session.ts';
import { tell } from './toasts.ts';

/** Seconds in which a choice can be taken back. */
export const undoSeconds = 10;

/** Videos for which this page has chosen, and whether the list of all videos has heard of it, a moment later. */
const chosenHere = signal<ReadonlyMap<string, 'unheard' | 'heard'>>(new Map());
export const isChosenHere = (id: string) => chosenHere.value.has(id);

/** What still waits for this person. */
export const queue = computed(() => waiting.value.filter(({ videoId }) => chosenHere.value.get(videoId) !== 'unheard'));

// A video whose choice was heard of and that waits again was undone by somebody, or begun anew.
effect(() => {
  const waits = new Set(waiting.value.map(({ videoId }) => videoId));
  for (const [id, word] of chosenHere.value) {
    if (word === 'unheard' && !waits.has(id)) mark(id, 'heard');
    if (word === 'heard' && waits.has(id)) mark(id, undefined);
  }
});

export const after = (id: string): Video | undefined => queue.value.find(({ videoId }) => videoId !== id);

/** Chooses, and goes on at once; what the workflow refuses is told in its words. */
export async function choose(session: DeskSession, frame: Frame): Promise<void> {
  const { id } = session;
  const name = nameOf(id);
  mark(id, 'unheard');
  const next = after(id);
  go(next ? addressOf(next.videoId) : '/board');
  const choice = frame.kind === 'candidate' ? { frame: frame.candidate.frame } : { atSeconds: frame.time };
  let isSent = false;
  try {
    // The preview showed it with what was typed: so it shall be published.
    await session.saveDraft();
    isSent = true;
    await ask(
      api.videos[':id'].select.$post({ param: { id }, json: { ...choice, look: session.look.peek(), undoSeconds } }),
    );
    // By then the list has heard of it; what waits all the same was undone before.
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

/** Takes a choice back, whoever made it, and returns to the video. */
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
