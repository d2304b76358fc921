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

/** Milliseconds: a program that ends waits for the next try, because a cancelled call does not hear of it before. */
const longestPause = 1000;
/** As many as fit into the usual deadline. */
const mostTries = 20;

/** Tries again like the SDK's own, but not once the program is ending. */
function triesAgain(ending: AbortSignal | undefined): Interceptor {
  const usual = defaultGrpcRetryOptions({ maxIntervalMs: () => longestPause, maxAttempts: mostTries });
  return makeGrpcRetryInterceptor({
    ...usual,
    retryableDecider: (attempt, status) => !ending?.aborted && usual.retryableDecider(attempt, status),
  });
}

/**
 * @param own those that a connection was given; they see each attempt
 * @param ending aborted when the program ends
 */
export const callInterceptors = (
  answerWithin: number,
  own: Interceptor[] = [],
  ending?: AbortSignal,
): Interceptor[] => [deadlineOfCalls(answerWithin), triesAgain(ending), ...own];
