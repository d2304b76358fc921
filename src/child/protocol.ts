import type { ErrorCode, Remedy } from '../domain/errors.ts';

/** What a task gets besides its input. */
export interface TaskContext<Message> {
  /** Sends a message to the parent; resolves when the parent is close enough behind for another one. */
  send(message: Message): Promise<void>;
  /** Says that work goes on, for stretches without a message; cheap enough for every packet. */
  alive(): void;
}

/** A task module exports one of these as `run`. Input, messages and result must survive a structured clone. */
export type Task<Input, Message, Result> = (input: Input, context: TaskContext<Message>) => Promise<Result>;

export type ToChild = { type: 'start'; module: string; input: unknown } | { type: 'acknowledge' };

export type ToParent =
  | { type: 'message'; body: unknown }
  | { type: 'alive' }
  | { type: 'done'; result: unknown }
  | { type: 'failed'; failure: Failure };

/** An error on its way through the channel: a StageError keeps its parts, any other only its text. */
export type Failure =
  | { kind: 'stage'; code: ErrorCode; message: string; remedy: Remedy; action: string }
  | { kind: 'unexpected'; message: string; stack: string };

/** Messages the child may send before the parent has acknowledged the first of them; bounds memory on both sides. */
export const messagesInFlight = 4;
