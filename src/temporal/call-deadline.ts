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

/** What a connection is opened with, and what it needs to be closed. */
export interface Calls {
  readonly interceptors: Interceptor[];
  /** No call is tried again from now on. Resolves once none is about to be: the next try of one would throw in a timer. */
  end(): Promise<void>;
}

/**
 * @param own those that a connection was given; they see each attempt
 * @param ending aborted when the program ends: no call that failed is tried again then
 */
export function openCalls(answerWithin: number, own: Interceptor[] = [], ending?: AbortSignal): Calls {
  const usual = defaultGrpcRetryOptions({ maxIntervalMs: () => longestPause, maxAttempts: mostTries });
  const tried = new WeakSet<object>();
  let pauses = 0;
  let isEnding = false;
  const { promise: areOver, resolve: over } = Promise.withResolvers<void>();
  /** Tries again like the SDK's own, but not once the program is ending. */
  const again = makeGrpcRetryInterceptor({
    ...usual,
    retryableDecider(attempt, status) {
      const isTriedAgain = !isEnding && !ending?.aborted && usual.retryableDecider(attempt, status);
      if (isTriedAgain) pauses += 1;
      return isTriedAgain;
    },
  });
  const eachTry: Interceptor = (options, nextCall) => {
    const call = nextCall(options) as ReturnType<Interceptor>;
    if (tried.has(options)) pauses -= 1;
    tried.add(options);
    if (isEnding && pauses === 0) over();
    return call;
  };
  return {
    interceptors: [deadlineOfCalls(answerWithin), again, eachTry, ...own],
    async end() {
      isEnding = true;
      if (pauses > 0) await areOver;
    },
  };
}
