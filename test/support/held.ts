import { Context } from '@temporalio/activity';

/** Keeps an activity waiting that shows that it is alive, as an attempt at work does, until it may go on or is cancelled. */
export async function heldUntil(open: () => Promise<unknown> | undefined): Promise<void> {
  const context = Context.current();
  const alive = setInterval(() => context.heartbeat(), 300);
  try {
    await Promise.race([open(), context.cancelled]);
  } finally {
    clearInterval(alive);
  }
}
