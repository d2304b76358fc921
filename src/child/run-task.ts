import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { StageError } from '../domain/errors.ts';
import { type Failed, revive, taskDied } from './failures.ts';
import type { ToChild, ToParent } from './protocol.ts';
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
 * Whatever the outcome, the child is gone when the promise settles.
 *
 * @throws the task's own StageError; the signal's reason when aborted; what `onMessage` or `nextRequest` threw;
 *   what `failed` makes when the child died, hung, used too much memory or failed unexpectedly.
 */
export async function runTask<Input, Message, Result, Request = never>(
  module: URL,
  input: Input,
  options: TaskOptions<Message, Request>,
): Promise<Result> {
  const { failed, signal, onMessage, nextRequest, onUndelivered } = options;
  const { stallTimeoutMs = 60_000, stepSeconds = 30 } = options;
  const { memoryLimitBytes: mostBytes, usualMemoryBytes = 2 * 1024 ** 3 } = options;
  signal?.throwIfAborted();

  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, AV_LOG_FORCE_NOCOLOR: '1' },
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => child.pid === undefined && resolve());
  });
  let diagnostics = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    diagnostics = (diagnostics + text).slice(-diagnosticsKept);
  });
  const tell = (message: ToChild) => child.connected && child.send(message, () => {});
  let undelivered: Request | undefined;

  const handBack = () => {
    if (undelivered !== undefined) onUndelivered?.(undelivered);
    undelivered = undefined;
  };

  let settled = false;
  let cleanUp = () => {};
  try {
    return await new Promise<Result>((resolve, reject) => {
      const watched = { stallTimeoutMs, stepSeconds, memoryLimitBytes: mostBytes ?? usualMemoryBytes };
      const watch = watchChild(child.pid, watched, (what) => reject(failed(what)));
      const abort = () => reject(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      cleanUp = () => {
        settled = true;
        watch.stop();
        signal?.removeEventListener('abort', abort);
      };

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
      child.on('message', (message: ToParent) => {
        watch.sign();
        if (message.type === 'message') {
          handled = handled.then(() => handle(message.body as Message));
          handled.catch(reject);
        } else if (message.type === 'needs') {
          if (mostBytes === undefined) watch.allow(message.bytes);
        } else if (message.type === 'ready') {
          ask().catch(reject);
        } else if (message.type === 'received') {
          undelivered = undefined;
        } else if (message.type === 'done') {
          handled.then(() => resolve(message.result as Result), reject);
        } else if (message.type === 'failed') {
          handled.then(() => reject(revive(failed, message.failure)), reject);
        }
      });
      child.once('error', (error) => reject(failed('could not be started', error)));
      // Close, not exit: by then the last diagnostics and messages have been read.
      child.once('close', (code, deathSignal) => reject(taskDied(failed, code, deathSignal, diagnostics)));
      tell({ type: 'start', module: module.href, input });
    });
  } catch (error) {
    if (error instanceof StageError && error.cause === undefined && diagnostics !== '')
      error.cause = diagnostics.trim();
    throw error;
  } finally {
    cleanUp();
    child.kill('SIGKILL');
    await ended;
    handBack();
  }
}
