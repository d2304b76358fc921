import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Corrections } from '../../../domain/corrections.ts';
import type { Look } from '../../../domain/look.ts';
import type { VideoStatus } from '../../../temporal/names.ts';
import { type Group, groupCandidates } from '../../groups.ts';
import type { VideoView } from '../../server/video-view.ts';
import { api, ask, pictures } from '../api.ts';
import { preload } from './preload.ts';

export type Status = VideoStatus;
export type ShownCandidate = VideoView['candidates'][number];

/** What can be chosen: a ranked candidate, or any moment of the recording. */
export type Frame =
  | { readonly kind: 'candidate'; readonly time: number; readonly candidate: ShownCandidate }
  | { readonly kind: 'moment'; readonly time: number };

/** One video as its page works on it: what is known about it, and what the person has entered so far. */
export interface DeskSession {
  readonly id: string;
  readonly view: Signal<VideoView | undefined>;
  readonly status: Signal<Status | undefined>;
  /** Why it cannot be shown, or why no worker answers. */
  readonly problem: Signal<string | undefined>;
  readonly statusProblem: Signal<string | undefined>;
  readonly groups: ReadonlySignal<Group<ShownCandidate>[]>;
  readonly frames: ReadonlySignal<readonly Frame[]>;
  readonly index: Signal<number>;
  readonly current: ReadonlySignal<Frame | undefined>;
  /** Moments the person has kept, in seconds. */
  readonly moments: Signal<readonly number[]>;
  /** Another frame is being chosen although one was chosen before. */
  readonly isChanging: Signal<boolean>;
  /** The best so far, while comparing candidates. */
  readonly pinned: Signal<Frame | undefined>;
  readonly look: Signal<Look>;
  /** Corrections being typed, on top of those the workflow has. */
  readonly draft: Signal<Corrections | undefined>;
  read(): Promise<void>;
  /** Submits what is being typed, if anything, to the workflow. @throws Refusal */
  saveDraft(): Promise<void>;
}

const sessions = new Map<string, DeskSession>();
const mostSessions = 12;

/** The session of a video, started by the first call. */
export function sessionOf(id: string): DeskSession {
  const known = sessions.get(id);
  sessions.delete(id);
  const session = known ?? begin(id);
  sessions.set(id, session);
  for (const old of sessions.keys()) if (sessions.size > mostSessions) sessions.delete(old);
  return session;
}

function begin(id: string): DeskSession {
  const view = signal<VideoView | undefined>(undefined);
  const status = signal<Status | undefined>(undefined);
  const problem = signal<string | undefined>(undefined);
  const statusProblem = signal<string | undefined>(undefined);
  const moments = signal<readonly number[]>([]);
  const index = signal(0);
  const groups = computed(() => groupCandidates(view.value?.candidates ?? []));
  const frames = computed<readonly Frame[]>(() => [
    ...groups.value.flatMap(({ candidates }) =>
      candidates.map((candidate) => ({ kind: 'candidate', time: candidate.time, candidate }) as const),
    ),
    ...moments.value.map((time) => ({ kind: 'moment', time }) as const),
  ]);
  /** The single next attempt, however many reads have failed. */
  let again: ReturnType<typeof setTimeout> | undefined;
  const session: DeskSession = {
    ...{ id, view, status, problem, statusProblem, groups, frames, index, moments },
    current: computed(() => frames.value[Math.min(index.value, frames.value.length - 1)]),
    isChanging: signal(false),
    pinned: signal(undefined),
    look: signal({}),
    draft: signal(undefined),
    async saveDraft() {
      const typed = session.draft.peek();
      if (!typed) return;
      await ask(api.videos[':id'].correct.$post({ param: { id }, json: { ...typed } }));
      await session.read();
      // What was typed in the meantime has yet to be saved.
      if (session.draft.peek() === typed) session.draft.value = undefined;
    },
    async read() {
      clearTimeout(again);
      const param = { id };
      const viewed = ask(api.videos[':id'].$get({ param })).then(
        (answer) => {
          view.value = answer;
          problem.value = undefined;
        },
        (error: Error) => {
          problem.value = error.message;
        },
      );
      const asked = ask(api.videos[':id'].status.$get({ param })).then(
        (answer) => {
          status.value = answer;
          statusProblem.value = undefined;
        },
        (error: Error) => {
          statusProblem.value = error.message;
          // A worker that was starting answers in a moment.
          clearTimeout(again);
          again = setTimeout(() => sessions.get(id) === session && void session.read(), 5000);
        },
      );
      await Promise.all([viewed, asked]);
    },
  };
  void session.read();
  return session;
}

/** Width of the large picture: what the screen can show, so that a phone does not load a desk's pictures. */
export const largeWidth = () => {
  const pixels = Math.min(innerWidth, 1100) * devicePixelRatio;
  return pixels <= 640 ? 640 : pixels <= 1400 ? 1280 : 1920;
};

/** Preloads the large pictures of a video, best first. */
export function preloadFrames(session: DeskSession): void {
  for (const frame of session.frames.value) {
    if (frame.kind === 'candidate') preload(pictures.candidate(session.id, frame.candidate.frame, largeWidth()));
  }
}

/** What the workflow knows and what is being typed. */
export const correctionsOf = ({ draft, status }: DeskSession): Corrections =>
  draft.value ?? status.value?.corrections ?? {};
