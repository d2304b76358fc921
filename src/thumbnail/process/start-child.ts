import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { revive, taskDied } from '../../child/failures.ts';
import { watchChild } from '../../child/watch.ts';
import { StageError } from '../../domain/errors.ts';
import type { Thumbnail, ThumbnailRequest } from '../request.ts';
import type { ToParent } from './protocol.ts';

export interface RenderLimits {
  /** Milliseconds that a picture may take; default one minute. */
  readonly timeoutMs?: number | undefined;
  /** Bytes of resident memory the child may use; default 1 GB. */
  readonly memoryLimitBytes?: number | undefined;
}

/** A process that draws one thumbnail after the other. */
export interface RenderChild {
  /** It has died, or was ended: no more is to be had from it. */
  readonly isGone: boolean;
  /**
   * To be called again only when it has settled.
   * @returns undefined when a child that had answered before died without having begun this: any other can draw it
   * @throws StageError of the drawing, or RENDERER_FAILED when the child died, hung or used too much memory
   */
  draw(request: ThumbnailRequest): Promise<Thumbnail | undefined>;
  /** Ends the process; what it was drawing fails. */
  end(): Promise<void>;
}

const entry = fileURLToPath(new URL('./render-child.ts', import.meta.url));
const diagnosticsKept = 4096;
/**
 * Makes glibc give the memory of 4K pictures back; without this the process keeps twice as much. The pixels of a 1080p
 * frame it may keep: to get them anew for each step would cost a tenth of a thumbnail's time.
 */
const kept = String(8 * 1024 ** 2);
const frugal = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: kept, MALLOC_TRIM_THRESHOLD_: kept };

/**
 * Pixels are garbage of 15 MB a picture, for which Node would collect within each of them: a third of the time. The
 * child collects between two pictures instead.
 */
const collectedBetween = ['--initial-old-space-size=128', '--expose-gc'];

export function startRenderChild({ timeoutMs = 60_000, memoryLimitBytes = 1024 ** 3 }: RenderLimits): RenderChild {
  const child = fork(entry, [], {
    execArgv: ['--disable-warning=ExperimentalWarning', ...collectedBetween],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...frugal },
  });
  let diagnostics = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    diagnostics = (diagnostics + text).slice(-diagnosticsKept);
  });

  let job: PromiseWithResolvers<Thumbnail | undefined> | undefined;
  let isGone = false;
  let hasAnswered = false;
  let hasBegun = false;
  const fail = (error: StageError) => {
    isGone = true;
    watch.stop();
    child.kill('SIGKILL');
    job?.reject(error);
  };
  const watch = watchChild(child.pid, { stallTimeoutMs: timeoutMs, memoryLimitBytes }, (what) =>
    fail(rendererFailed(what)),
  );
  // Only while it draws is silence a bad sign.
  watch.hold();

  child.on('message', (reply: ToParent) => {
    if (reply.type === 'begun') {
      hasBegun = true;
      return;
    }
    watch.hold();
    hasAnswered = true;
    if (reply.type === 'done') job?.resolve(reply.thumbnail);
    else job?.reject(revive(rendererFailed, reply.failure));
  });
  child.once('error', (cause) => fail(rendererFailed('could not be run', cause)));
  // Close, not exit: by then the last diagnostics and messages have been read.
  child.once('close', (code, signal) => {
    // A death between two pictures may be heard of only when the next one has been sent.
    if (hasAnswered && !hasBegun) job?.resolve(undefined);
    fail(taskDied(rendererFailed, code, signal, diagnostics));
  });

  return {
    get isGone() {
      return isGone;
    },
    draw(request) {
      job = Promise.withResolvers();
      hasBegun = false;
      watch.release();
      // A child that is gone already is told of by `close`.
      child.send(request, () => {});
      return job.promise;
    },
    async end() {
      const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
      const exit = isRunning ? once(child, 'exit') : undefined;
      fail(rendererFailed('was ended'));
      await exit;
    },
  };
}

function rendererFailed(what: string, cause?: unknown): StageError {
  return new StageError('RENDERER_FAILED', `The process that draws the thumbnail ${what}.`, {
    remedy: 'retry',
    action: 'It will be tried again automatically; if it keeps failing, choose another frame and report the message.',
    cause,
  });
}
