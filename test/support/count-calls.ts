import type { ConnectionOptions } from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

/** Counts what a connection asks of the server; each attempt at a call counts. */
export function countCalls(): { interceptor: Interceptor; of(method: string): number } {
  const counts = new Map<string, number>();
  return {
    interceptor: (options, nextCall) => {
      const method = options.method_definition.path.split('/').at(-1) ?? '';
      counts.set(method, (counts.get(method) ?? 0) + 1);
      return nextCall(options) as ReturnType<Interceptor>;
    },
    of: (method) => counts.get(method) ?? 0,
  };
}
