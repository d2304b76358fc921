import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { StageError } from '../domain/errors.ts';
import { inSpan, type Span } from '../tracing/span.ts';
import { childEnvironment } from './child-environment.ts';
import { type Failed, revive, taskDied } from './failures.ts';
import type { ToChild, ToParent } from './protocol.ts';
import { keepSpare, noteStarted, takeSpare } from './spare.ts';
import { watchChild } from './watch.ts';

export interface TaskLimits {
  /** Milliseconds without any sign of activity after which the child counts as hung; default one minute. */
  stallTimeoutMs?: number | undefined;
  /** Seconds of processor time the child may spend on one step, from one sign of activity to the next; default 30. */
  stepSeconds?: number | undefined;
  /** Bytes of resident memory the child may use, whatever its work needs; defaults to what the work needs. */
  memoryLimitBytes?: number | undefined;
  /** Bytes of resident memory the child may use before its work has declared that it needs more; default 2 GB. */
  usualMemoryBytes?: number | undefined;
}

export interface TaskOptions<Message, Request = never> extends TaskLimits {
  /** Creates the error for a child that died, hung, used too much memory or failed unexpectedly. */
  failed: Failed;
  signal?: AbortSignal | undefined;
  /** Called for each message in order; the child is held back while a returned promise is pending. */
  onMessage?: ((message: Message) => void | Promise<void>) | undefined;
  /** Called each time the child is ready for a request; undefined says that there are no more. */
  nextRequest?: (() => Promise<Request | undefined>) | undefined;
  /** Called with a request that the child had not received when it ended. */
  onUndelivered?: ((request: Request) => void) | undefined;
}

const entry = fileURLToPath(new URL('./entry.ts', import.meta.url));
const diagnosticsKept = 4096;

/**
 * Runs the task that `module` exports as `run` in a separate child process and resolves to its result.
 * Unless it has done its work well, the child is gone when the promise settles; otherwise it may be given the next task
 * that comes within a few seconds.
 *
 * @throws the task's own StageError; the signal's reason when aborted; what `onMessage` or `nextRequest` threw;
 *   what `failed` makes when the child died, hung, used too much memory or failed unexpectedly.
 */
export async function runTask<Input, Message, Result, Request = never>(
  module: URL,
  input: Input,
  options: TaskOptions<Message, Request>,
): Promise<Result> {
  options.signal?.throwIfAborted();
  const name = `child ${path.basename(fileURLToPath(module), '.ts')}`;
  return inSpan(name, {}, (span) => runTraced(module, input, options, span));
}

async function runTraced<Input, Message, Result, Request>(
  module: URL,
  input: Input,
  options: TaskOptions<Message, Request>,
  span: Span | undefined,
): Promise<Result> {
  const spare = takeSpare();
  if (spare) {
    const outcome = await runIn<Input, Message, Result, Request>(spare, module, input, options, span);
    if (outcome !== notBegun) return outcome;
    options.signal?.throwIfAborted();
  }
  return (await runIn<Input, Message, Result, Request>(startChild(), module, input, options, span)) as Result;
}

/** The child was kept from an earlier task and died before it began this one: a new child can do it. */
const notBegun = Symbol('not begun');

function startChild(): ChildProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...childEnvironment(), AV_LOG_FORCE_NOCOLOR: '1' },
  });
  noteStarted(child);
  // Between two tasks nobody else listens.
  return child.on('error', () => {});
}

async function runIn<Input, Message, Result, Request>(
  child: ChildProcess,
  module: URL,
  input: Input,
  options: TaskOptions<Message, Request>,
  span: Span | undefined,
): Promise<Result | typeof notBegun> {
  const { failed, signal, onMessage, nextRequest, onUndelivered } = options;
  const { stallTimeoutMs = 60_000, stepSeconds = 30 } = options;
  const { memoryLimitBytes: mostBytes, usualMemoryBytes = 2 * 1024 ** 3 } = options;
  const tell = (message: ToChild) => child.connected && child.send(message, () => {});
  const isSpare = hasWorked.has(child);
  hasWorked.add(child);

  const outcome = Promise.withResolvers<Result | typeof notBegun>();
  const { resolve, reject } = outcome;
  let settled = false;
  let hasBegun = false;
  /** Bytes that the child, having done its work well, holds on to. */
  let leftBytes: number | undefined;

  let undelivered: Request | undefined;
  const handBack = () => {
    if (undelivered !== undefined) onUndelivered?.(undelivered);
    undelivered = undefined;
  };

  const watched = { stallTimeoutMs, stepSeconds, memoryLimitBytes: mostBytes ?? usualMemoryBytes };
  const watch = watchChild(child.pid, watched, (what) => reject(failed(what)));
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });

  let handled: Promise<void> = Promise.resolve();
  const handle = async (message: Message) => {
    if (settled) return;
    watch.hold();
    await onMessage?.(message);
    watch.release();
    tell({ type: 'acknowledge' });
  };
  // A child waiting for work is not hung.
  const ask = async () => {
    watch.hold();
    const body = await nextRequest?.();
    watch.release();
    undelivered = body;
    if (settled) handBack();
    else tell({ type: 'request', body });
  };
  const hear = (message: ToParent) => {
    watch.sign();
    if (message.type === 'begun') {
      hasBegun = true;
    } else if (message.type === 'message') {
      handled = handled.then(() => handle(message.body as Message));
      handled.catch(reject);
    } else if (message.type === 'step') {
      span?.addDone(message.name, message.began, message.ended, { 'process.pid': child.pid ?? 0 });
    } else if (message.type === 'needs') {
      if (mostBytes === undefined) watch.allow(message.bytes);
    } else if (message.type === 'ready') {
      ask().catch(reject);
    } else if (message.type === 'received') {
      undelivered = undefined;
    } else if (message.type === 'done') {
      const finish = () => {
        leftBytes = message.bytes;
        resolve(message.result as Result);
      };
      handled.then(finish, reject);
    } else if (message.type === 'failed') {
      handled.then(() => reject(revive(failed, message.failure)), reject);
    }
  };
  let diagnostics = '';
  const note = (text: Buffer) => {
    diagnostics = (diagnostics + text.toString()).slice(-diagnosticsKept);
  };
  const notStarted = (error: Error) => reject(failed('could not be started', error));
  // Close, not exit: by then the last diagnostics and messages have been read.
  const died = (code: number | null, deathSignal: string | null) => {
    if (isSpare && !hasBegun) resolve(notBegun);
    else reject(taskDied(failed, code, deathSignal, diagnostics));
  };
  child.on('message', hear).on('error', notStarted).on('close', died);
  child.stderr?.on('data', note);
  try {
    tell({ type: 'start', module: module.href, input, traced: span !== undefined });
    return await outcome.promise;
  } catch (error) {
    if (error instanceof StageError && error.cause === undefined && diagnostics !== '')
      error.cause = diagnostics.trim();
    throw error;
  } finally {
    settled = true;
    watch.stop();
    signal?.removeEventListener('abort', abort);
    child.off('message', hear).off('error', notStarted).off('close', died);
    child.stderr?.off('data', note);
    if (leftBytes === undefined || !keepSpare(child, leftBytes)) await ended(child);
    handBack();
  }
}

const hasWorked = new WeakSet<ChildProcess>();

/** Ends a child, if it has not ended yet. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
