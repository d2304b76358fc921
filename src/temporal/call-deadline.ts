import { type ConnectionOptions, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

/** Calls in which the server deliberately waits for something to happen. */
const waitOnPurpose = ['GetWorkflowExecutionHistory'];

/**
 * Gives each call to the server, including its retries, a deadline of its own unless the caller has set one. Our own
 * work between calls has no deadline.
 * @param answerWithin milliseconds
 */
function deadlineOfCalls(answerWithin: number): Interceptor {
  return (options, nextCall) => {
    const method = options.method_definition.path.split('/').at(-1) ?? '';
    const deadline = options.deadline ?? (waitOnPurpose.includes(method) ? undefined : Date.now() + answerWithin);
    return nextCall(deadline === undefined ? options : { ...options, deadline }) as ReturnType<Interceptor>;
  };
}

/** @param own the interceptors of the connection; by default the SDK's, which retry */
export const callInterceptors = (answerWithin: number, own?: Interceptor[]): Interceptor[] => [
  deadlineOfCalls(answerWithin),
  ...(own ?? [makeGrpcRetryInterceptor(defaultGrpcRetryOptions())]),
];
