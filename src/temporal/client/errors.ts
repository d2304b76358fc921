import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

/** Something a person asked for cannot be done; the message tells them why. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** A request was sent and no answer came: it may have been done, or may still be. The message is meant for people. */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError';
}

/** @param videoId whose status shows whether the request was accepted */
export const noAnswer = (videoId: string, cause: unknown) =>
  new UnknownOutcomeError(
    `No answer came in time. It may have been done, or may be yet; the status tells: npx badminton status ${videoId}`,
    { cause },
  );

export const noServer = (address?: string) =>
  new RefusedError(
    address
      ? `Temporal does not answer at ${address}. Check TEMPORAL_ADDRESS and that the server runs.`
      : 'No Temporal server is running here. Start everything with: npm start',
  );

/** A worker that is busy is as silent as one that does not run. */
export const noWorker = () =>
  new RefusedError(
    'No worker answers, so nothing was changed. It may be busy: try again. If none runs: npm start (or: npx badminton worker)',
  );

/** @param reason a complete sentence */
export const brokenWorkflow = (reason: string) =>
  new RefusedError(`Its workflow cannot run, so nothing was changed: ${reason}`);

/** gRPC status codes: 1 CANCELLED, 4 DEADLINE_EXCEEDED, 9 FAILED_PRECONDITION, 14 UNAVAILABLE. */
const cancelled = 1;
const deadlineExceeded = 4;
const failedPrecondition = 9;
const unavailable = 14;

/** No answer came in time, or the server already knows that no worker has polled lately, or that its last task failed. */
export function isWithoutWorker(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const code = grpcCode(error);
  return isTooLate(code) || code === failedPrecondition;
}

/** Of an update, after a query was answered: the worker's task that would have accepted it has failed. */
export const isTaskFailed = (error: unknown): boolean => grpcCode(error) === failedPrecondition;

/** The call may have reached the server anyway: only its answer is missing. */
export function isAnswerLost(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const code = grpcCode(error);
  return code === unavailable || isTooLate(code);
}

/** The server knows our deadline too, and may end the call just before we do. */
const isTooLate = (code: number | undefined) => code === deadlineExceeded || code === cancelled;

/** Turns a refusal by the workflow or the server into a sentence; returns any other error unchanged. */
export function explainRefusal(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    return new RefusedError(error.cause.message, { cause: error });
  }
  if (error instanceof WorkflowNotFoundError) {
    return new RefusedError('There is no such running video.', { cause: error });
  }
  return error;
}

/** Turns what the SDK throws into a sentence; returns an unexpected error unchanged. */
export function explainClientError(error: unknown, address: string): unknown {
  const code = grpcCode(error);
  if (code === unavailable || isTooLate(code)) return noServer(address);
  return explainRefusal(error);
}

/** Why the server could not be queried, or what else keeps videos waiting. */
export interface Trouble {
  /** True if no answer came; false if the server answered with an error. */
  readonly isAway: boolean;
  readonly reason: string;
  /** This program is already fixing it. */
  readonly isBeingSolved?: true;
  /** Complete sentences for people, for trouble other than failing to query Temporal. */
  readonly told?: { readonly begin: string; readonly end: string };
}

export function explainTrouble(error: unknown): Trouble {
  const code = grpcCode(error);
  if (isTooLate(code)) return { isAway: true, reason: 'no answer came in time.' };
  return { isAway: code === unavailable, reason: (error as Error).message };
}

function grpcCode(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof ServiceError && isGrpcServiceError(error.cause) ? error.cause.code : undefined;
}
