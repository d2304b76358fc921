import { flushCompileCache } from 'node:module';
import { describeFailure } from './failures.ts';
import { messagesInFlight, type Task, type TaskContext, type ToChild, type ToParent } from './protocol.ts';

// A child that nobody listens to must not keep running. SIGKILL, because process.exit would wait for a native call.
const endAtOnce = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', endAtOnce);
// Ctrl-C reaches the whole process group; the parent decides how long its children are still needed.
process.on('SIGINT', () => {});

let lastSign = 0;

function tell(message: ToParent): void {
  lastSign = performance.now();
  process.send?.(message, undefined, undefined, (error) => {
    if (error) endAtOnce();
  });
}

/** What the parent says during one task. */
interface Hearing {
  acknowledge(): void;
  request(body: unknown): void;
}
let hearing: Hearing | undefined;

function open(): { context: TaskContext<unknown, unknown>; hearing: Hearing } {
  let unacknowledged = 0;
  const waiting: (() => void)[] = [];
  let take: (request: unknown) => void = () => {};
  const context: TaskContext<unknown, unknown> = {
    async send(body) {
      while (unacknowledged >= messagesInFlight) await new Promise<void>((resolve) => waiting.push(resolve));
      unacknowledged += 1;
      tell({ type: 'message', body });
    },
    alive() {
      if (performance.now() - lastSign > 500) tell({ type: 'alive' });
    },
    needs: (bytes) => tell({ type: 'needs', bytes }),
    next: () =>
      new Promise((resolve) => {
        take = resolve;
        tell({ type: 'ready' });
      }),
  };
  return {
    context,
    hearing: {
      acknowledge() {
        unacknowledged -= 1;
        waiting.shift()?.();
      },
      request(body) {
        tell({ type: 'received' });
        take(body);
      },
    },
  };
}

async function start(module: string, input: unknown, traced: boolean): Promise<void> {
  const { context, hearing: own } = open();
  hearing = own;
  tell({ type: 'begun' });
  try {
    const began = Date.now();
    const { run } = (await import(module)) as { run: Task<unknown, unknown, unknown, unknown> };
    const loaded = Date.now();
    if (traced) tell({ type: 'step', name: 'load', began, ended: loaded });
    // Node would write it when the process exits, but most children are killed.
    flushCompileCache();
    const result = await run(input, context).finally(() => {
      if (traced) tell({ type: 'step', name: 'run', began: loaded, ended: Date.now() });
    });
    tell({ type: 'done', result, bytes: process.memoryUsage.rss() });
  } catch (error) {
    tell({ type: 'failed', failure: describeFailure(error) });
  }
}

process.on('message', (message: ToChild) => {
  if (message.type === 'start') void start(message.module, message.input, message.traced);
  else if (message.type === 'request') hearing?.request(message.body);
  else hearing?.acknowledge();
});

if (!process.connected) endAtOnce();
