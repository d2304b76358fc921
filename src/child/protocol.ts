import type { ErrorCode, Remedy } from '../domain/errors.ts';

/** What a task gets in addition to its input. */
export interface TaskContext<Message, Request = never> {
  /** Sends a message to the parent; resolves when the parent has caught up enough for another one. */
  send(message: Message): Promise<void>;
  /** Signals that work continues, for stretches without a message; cheap enough to call for every packet. */
  alive(): void;
  /**
   * Declares the most resident memory the work needs, in bytes: its limit is raised to that, unless the caller set one.
   */
  needs(bytes: number): void;
  /** Waits for the parent's next request; undefined when there will be no more. One call at a time. */
  next(): Promise<Request | undefined>;
}

/** A task module exports one of these as `run`. Input, messages, requests and result must survive a structured clone. */
export type Task<Input, Message, Result, Request = never> = (
  input: Input,
  context: TaskContext<Message, Request>,
) => Promise<Result>;

export type ToChild =
  /** Traced: what it does is reported as `step`. */
  | { type: 'start'; module: string; input: unknown; traced: boolean }
  | { type: 'acknowledge' }
  /** The answer to `ready`; no body means there is nothing more to do. */
  | { type: 'request'; body?: unknown };

export type ToParent =
  | { type: 'begun' }
  | { type: 'message'; body: unknown }
  | { type: 'alive' }
  | { type: 'needs'; bytes: number }
  | { type: 'ready' }
  | { type: 'received' }
  /** A step that is done; milliseconds since 1970. */
  | { type: 'step'; name: string; began: number; ended: number }
  /** With the resident memory that the child holds on to, in bytes. */
  | { type: 'done'; result: unknown; bytes: number }
  | { type: 'failed'; failure: Failure };

/** An error as sent through the channel: a StageError keeps its parts, any other only its text. */
export type Failure =
  | { kind: 'stage'; code: ErrorCode; message: string; remedy: Remedy; action: string }
  | { kind: 'unexpected'; message: string; stack: string };

/** Messages the child may send before the parent has acknowledged the first of them; bounds memory on both sides. */
export const messagesInFlight = 4;
