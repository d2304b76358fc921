import { revive } from '../../child/failures.ts';
import type { StageError } from '../../domain/errors.ts';
import { decoderFailed, runDecoder, type TaskLimits } from '../run-decoder.ts';
import type { FrameAnswer, FrameOrder, FrameQuery, ServedFrame, Span } from './wire.ts';

export interface AnsweredFrame {
  readonly frame: ServedFrame;
  readonly span: Span;
}

/** A process that has one recording open and shows its frames one at a time. */
export interface FrameChild {
  /** It has died or was ended, and gives no more frames. */
  readonly isGone: boolean;
  readonly isIdle: boolean;
  /** Settles when it has nothing to do or is gone. */
  idle(): Promise<void>;
  /**
   * Key frames go before exact ones, even before one that is being decoded; otherwise the latest request goes first. An
   * aborted request is dropped, or stopped if it has begun, and settles only then.
   * @throws StageError FILE_MISSING, NOT_A_VIDEO, DAMAGED_VIDEO, FRAME_NOT_FOUND, DECODER_FAILED; the signal's reason;
   *   NotBegun
   */
  frame(query: FrameQuery, signal: AbortSignal): Promise<AnsweredFrame>;
  /** Ends the process; `what` completes "The decoder process …" in the error of every unfinished request. */
  end(what: string): Promise<void>;
}

/** The process had the recording open, but ended before it received the request: another process can answer it. */
export class NotBegun extends Error {
  override readonly name = 'NotBegun';
}

interface Job {
  readonly id: number;
  readonly query: FrameQuery;
  readonly signal: AbortSignal;
  readonly answer: PromiseWithResolvers<AnsweredFrame>;
}

export function startFrameChild(path: string, limits: TaskLimits): FrameChild {
  const waiting: Job[] = [];
  /** What the child is working on: one request, or an exact frame and the key frame that interrupts it. */
  const begun = new Map<number, Job>();
  const ended = new AbortController();
  let isGone = false;
  let isOpen = false;
  let asked = 0;
  let onWork = () => {};
  let onIdle = () => {};

  const take = (precision?: 'key'): FrameOrder | undefined => {
    const isKey = ({ query }: Job) => query.precision === 'key';
    const key = waiting.findLastIndex(isKey);
    const at = key >= 0 || precision === 'key' ? key : waiting.length - 1;
    const [job] = at < 0 ? [] : waiting.splice(at, 1);
    if (!job) return undefined;
    begun.set(job.id, job);
    return { type: 'frame', id: job.id, query: job.query };
  };

  async function nextOrder(): Promise<FrameOrder> {
    isOpen = true;
    if (begun.size > 0) {
      // A key frame that has been answered may still be among them.
      const isUnwanted = [...begun.values()].some(({ query, signal }) => query.precision === 'exact' && signal.aborted);
      return take('key') ?? { type: isUnwanted ? 'stop' : 'goOn' };
    }
    for (;;) {
      const order = take();
      if (order) return order;
      await new Promise<void>((resolve) => {
        onWork = resolve;
      });
    }
  }

  function onAnswer(answer: FrameAnswer): void {
    const job = begun.get(answer.id);
    begun.delete(answer.id);
    if (answer.type === 'frame') job?.answer.resolve(answer);
    else if (answer.type === 'failed') job?.answer.reject(revive(decoderFailed, answer.failure));
    else job?.answer.reject(job.signal.reason);
    if (begun.size === 0 && waiting.length === 0) onIdle();
  }

  function takeBack(order: FrameOrder): void {
    const job = order.type === 'frame' ? begun.get(order.id) : undefined;
    if (!job) return;
    begun.delete(job.id);
    waiting.push(job);
  }

  const gone = runDecoder<{ path: string }, FrameAnswer, void, FrameOrder>(
    new URL('../tasks/serve-frames.ts', import.meta.url),
    { path },
    { ...limits, signal: ended.signal, nextRequest: nextOrder, onUndelivered: takeBack, onMessage: onAnswer },
  )
    .then(() => decoderFailed('ended'))
    .catch((error: StageError) => error)
    .then((error) => {
      isGone = true;
      const died = !ended.signal.aborted;
      for (const { answer } of begun.values()) answer.reject(error);
      const unbegun = died && isOpen ? new NotBegun(error.message, { cause: error }) : error;
      for (const { answer } of waiting.splice(0)) answer.reject(unbegun);
      begun.clear();
      onIdle();
    });

  return {
    get isGone() {
      return isGone || ended.signal.aborted;
    },
    get isIdle() {
      return begun.size === 0 && waiting.length === 0;
    },
    idle() {
      if (isGone || this.isIdle) return Promise.resolve();
      const before = onIdle;
      return new Promise((resolve) => {
        onIdle = () => {
          onIdle = () => {};
          before();
          resolve();
        };
      });
    },
    async frame(query, signal) {
      signal.throwIfAborted();
      const job: Job = { id: asked++, query, signal, answer: Promise.withResolvers() };
      waiting.push(job);
      onWork();
      const drop = () => {
        const at = waiting.indexOf(job);
        if (at < 0) return;
        waiting.splice(at, 1);
        job.answer.reject(signal.reason);
        if (this.isIdle) onIdle();
      };
      signal.addEventListener('abort', drop, { once: true });
      try {
        return await job.answer.promise;
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener('abort', drop);
      }
    },
    async end(what) {
      ended.abort(decoderFailed(what));
      await gone;
    },
  };
}
