import { type ConnectionOptions, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

/** Calls in which the server waits, on purpose, for something to happen. */
const waitOnPurpose = ['GetWorkflowExecutionHistory'];

/**
 * Gives each call to the server a deadline of its own, its retries included, where the caller has set none: our own work
 * between two calls has none.
 * @param answerWithin milliseconds
 */
function deadlineOfCalls(answerWithin: number): Interceptor {
  return (options, nextCall) => {
    const method = options.method_definition.path.split('/').at(-1) ?? '';
    const deadline = options.deadline ?? (waitOnPurpose.includes(method) ? undefined : Date.now() + answerWithin);
    return nextCall(deadline === undefined ? options : { ...options, deadline }) as ReturnType<Interceptor>;
  };
}

/** @param own those that a connection was given; by default the SDK's, which try again */
export const callInterceptors = (answerWithin: number, own?: Interceptor[]): Interceptor[] => [
  deadlineOfCalls(answerWithin),
  ...(own ?? [makeGrpcRetryInterceptor(defaultGrpcRetryOptions())]),
];
