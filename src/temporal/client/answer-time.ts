import type { Client } from '@temporalio/client';

/** How long a worker may take to answer before it counts as absent: milliseconds. */
const answerWithin = 6000;

export const withinAnswerTime = <T>(client: Client, call: () => Promise<T>): Promise<T> =>
  client.withDeadline(Date.now() + answerWithin, call);
