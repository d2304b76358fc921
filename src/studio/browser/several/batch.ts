import { signal } from '@preact/signals';
import { inWords, type Refusal } from '../api.ts';
import type { Video } from '../state/live.ts';
import { isAtWork } from '../state/reload.ts';
import { tell } from '../state/toasts.ts';
import { type Deed, deeds } from './deeds.ts';
import { words } from './words.ts';

/** What has become of one of several videos. */
export interface Outcome {
  readonly id: string;
  readonly name: string;
  readonly state: 'waits' | 'runs' | 'done' | 'refused' | 'perhaps' | 'undone' | 'undoRefused';
  /** Why, in the words of its workflow or of the studio. */
  readonly why?: string;
}

interface Batch {
  readonly deed: Deed;
  readonly outcomes: readonly Outcome[];
  readonly isRunning: boolean;
}

/** The latest one; it continues while the person does something else. */
export const batch = signal<Batch | undefined>(undefined);
/** Its window is open, so that nobody needs to be told otherwise. */
export const isWatched = signal(false);

/** At once: the page needs connections for other things, too. */
const atOnce = 3;
const longestUndo = 60;
let undos = new Map<string, () => Promise<unknown>>();

/** How many can be undone. */
export const undoable = () =>
  batch.value?.isRunning
    ? 0
    : (batch.value?.outcomes.filter(({ id, state }) => state === 'done' && undos.has(id)).length ?? 0);

/** Seconds in which a choice can be undone: the first one must not be carried out while the last is being made. */
export const undoSecondsOf = (count: number) => Math.min(longestUndo, 20 + count);

/** Does something with each of several videos, and tells what became of each. */
export async function doWithAll(deed: Deed, videos: readonly Video[], tournament: string): Promise<void> {
  undos = new Map();
  const wish = { tournament, undoSeconds: undoSecondsOf(videos.length) };
  const outcomes = videos.map(
    ({ videoId: id, title, recording }): Outcome => ({ id, name: title ?? recording, state: 'waits' }),
  );
  batch.value = { deed, outcomes, isRunning: true };
  await each(videos, async (video) => {
    const { videoId: id } = video;
    become(id, { state: 'runs' });
    try {
      const undo = await deeds[deed].act(video, wish);
      if (undo) undos.set(id, undo);
      become(id, { state: 'done' });
    } catch (error) {
      become(id, { state: (error as Refusal).mayBeDone ? 'perhaps' : 'refused', why: inWords(error) });
    }
  });
  finish();
  const [done, refused] = [countOf('done'), outcomes.length - countOf('done')];
  tellUnlessWatched(words.sum(done, refused, words.deeds[deed].done), refused > 0);
}

/** Takes back what has been done, for all of them at once. */
export async function undoAll(): Promise<void> {
  const before = batch.peek();
  if (!before || before.isRunning) return;
  const targets = before.outcomes.filter(({ id, state }) => state === 'done' && undos.has(id));
  batch.value = { ...before, isRunning: true };
  await each(targets, async ({ id }) => {
    become(id, { state: 'runs' });
    try {
      await undos.get(id)?.();
      become(id, { state: 'undone' });
    } catch (error) {
      become(id, { state: 'undoRefused', why: inWords(error) });
    }
  });
  finish();
  tellUnlessWatched(words.undone(countOf('undone'), countOf('undoRefused')), countOf('undoRefused') > 0);
}

async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  isAtWork.value = true;
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  isAtWork.value = false;
}

function become(id: string, change: Pick<Outcome, 'state' | 'why'>): void {
  const present = batch.peek();
  if (!present) return;
  const outcomes = present.outcomes.map((outcome) =>
    outcome.id === id ? { id, name: outcome.name, ...change } : outcome,
  );
  batch.value = { ...present, outcomes };
}

function finish(): void {
  const present = batch.peek();
  if (present) batch.value = { ...present, isRunning: false };
}

const countOf = (state: Outcome['state']) => batch.peek()?.outcomes.filter((each) => each.state === state).length ?? 0;

function tellUnlessWatched(text: string, isProblem: boolean): void {
  if (isWatched.peek()) return;
  const count = undoable();
  const button = count > 0 ? { label: words.undo(count), key: 'u', press: () => void undoAll() } : undefined;
  tell({ kind: isProblem ? 'problem' : 'done', text, button }, count > 0 ? 20 : undefined);
}
