import { Worker } from 'node:worker_threads';
import type { ReaderAnswer, ReaderRequest } from './reader-messages.ts';

/** Milliseconds without an open file after which the thread and its memory are released. */
const idleMs = 10_000;

/** A file that became shorter while it was read. */
export class FileTruncatedError extends Error {
  override readonly name = 'FileTruncatedError';
}

type Question = ReaderRequest extends infer Request ? (Request extends unknown ? Omit<Request, 'id'> : never) : never;
type Waiting = Pick<PromiseWithResolvers<string | undefined>, 'resolve' | 'reject'> & {
  readonly underway: ((bytes: number) => void) | undefined;
};

export interface ReaderThread {
  /** @param underway told how many bytes a `digest` has read @returns the SHA-256 for `digest` @throws FileTruncatedError; errors of the file system */
  ask(question: Question, underway?: (bytes: number) => void): Promise<string | undefined>;
  release(): void;
}

interface Shared {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  users: number;
  idle?: NodeJS.Timeout;
}

let shared: Shared | undefined;
let lastId = 0;

/** The one reader thread of this process; started when first needed, ended after being idle for a while. */
export function useReaderThread(): ReaderThread {
  shared ??= startThread();
  const thread = shared;
  thread.users += 1;
  clearTimeout(thread.idle);
  return {
    ask: (question, underway) => ask(thread, question, underway),
    release() {
      thread.users -= 1;
      if (thread.users === 0) thread.idle = setTimeout(end, idleMs, thread, new Error('It was idle')).unref();
    },
  };
}

function startThread(): Shared {
  const worker = new Worker(new URL('./reader-worker.ts', import.meta.url));
  const thread: Shared = { worker, waiting: new Map(), users: 0 };
  worker.on('message', (answer: ReaderAnswer) => settle(thread, answer));
  worker.on('error', (error) => end(thread, error));
  worker.on('exit', () => end(thread, new Error('The reader thread ended')));
  // Only an unanswered request keeps the process alive. (Adding a listener refs the worker again, so this comes last.)
  worker.unref();
  return thread;
}

function ask({ worker, waiting }: Shared, question: Question, underway: Waiting['underway']) {
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  lastId += 1;
  if (waiting.size === 0) worker.ref();
  waiting.set(lastId, { resolve, reject, underway });
  worker.postMessage({ ...question, id: lastId } as ReaderRequest);
  return promise;
}

function settle({ worker, waiting }: Shared, answer: ReaderAnswer): void {
  const asked = waiting.get(answer.id);
  if (answer.outcome === 'underway') {
    asked?.underway?.(answer.bytes);
    return;
  }
  waiting.delete(answer.id);
  if (waiting.size === 0) worker.unref();
  if (answer.outcome === 'done') asked?.resolve(answer.sha256);
  else asked?.reject(answer.outcome === 'truncated' ? new FileTruncatedError() : answer.error);
}

function end(thread: Shared, why: unknown): void {
  if (shared === thread) shared = undefined;
  for (const asked of thread.waiting.values()) asked.reject(why);
  thread.waiting.clear();
  void thread.worker.terminate();
}
