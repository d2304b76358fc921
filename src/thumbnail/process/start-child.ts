import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../child/child-environment.ts';
import { revive, taskDied } from '../../child/failures.ts';
import { watchChild } from '../../child/watch.ts';
import { StageError } from '../../domain/errors.ts';
import type { Thumbnail, ThumbnailRequest } from '../request.ts';
import type { FromRenderer } from './protocol.ts';

export interface RenderLimits {
  /** Milliseconds a picture may take; default one minute. */
  readonly timeoutMs?: number | undefined;
  /** Bytes of resident memory the child may use; default 1 GB. */
  readonly memoryLimitBytes?: number | undefined;
}

/** A process that draws one thumbnail after another. */
export interface RenderChild {
  /** It has died or was ended, and cannot be used again. */
  readonly isGone: boolean;
  /**
   * Must not be called again until it has settled.
   * @returns undefined if a child that had answered before died without having begun this request: any other can draw
   *   it
   * @throws StageError of the drawing, or RENDERER_FAILED if the child died, hung or used too much memory
   */
  draw(request: ThumbnailRequest): Promise<Thumbnail | undefined>;
  /** Whether this process waits for it; it does at first. */
  keepUp(isWanted: boolean): void;
  /** Ends the process; the drawing in progress fails. */
  end(): Promise<void>;
}

const entry = fileURLToPath(new URL('./render-child.ts', import.meta.url));
const diagnosticsKept = 4096;
/**
 * Makes glibc return the memory of 4K pictures; without this the process keeps twice as much. It may keep the pixels of
 * a 1080p frame: allocating them again for each step would cost a tenth of a thumbnail's time.
 */
const kept = String(8 * 1024 ** 2);
const frugal = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: kept, MALLOC_TRIM_THRESHOLD_: kept };

/**
 * Pixels produce 15 MB of garbage per picture, so Node would collect during each one, taking a third of the time. The
 * child collects between pictures instead.
 */
const collectedBetween = ['--initial-old-space-size=128', '--expose-gc'];

export function startRenderChild({ timeoutMs = 60_000, memoryLimitBytes = 1024 ** 3 }: RenderLimits): RenderChild {
  const child = fork(entry, [], {
    execArgv: ['--disable-warning=ExperimentalWarning', ...collectedBetween],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...childEnvironment(), ...frugal },
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
  // Silence is a bad sign only while it is drawing.
  watch.hold();

  child.on('message', (reply: FromRenderer) => {
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
    // A death between two pictures may be noticed only after the next one has been sent.
    if (hasAnswered && !hasBegun) job?.resolve(undefined);
    fail(taskDied(rendererFailed, code, signal, diagnostics));
  });

  const keepUp = (isWanted: boolean) => {
    for (const held of [child, child.channel, child.stderr as Socket | null]) held?.[isWanted ? 'ref' : 'unref']();
  };

  return {
    get isGone() {
      return isGone;
    },
    draw(request) {
      job = Promise.withResolvers();
      hasBegun = false;
      watch.release();
      // If the child is already gone, `close` reports it.
      child.send(request, () => {});
      return job.promise;
    },
    keepUp,
    async end() {
      const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
      keepUp(true);
      const exit = isRunning ? once(child, 'exit') : undefined;
      fail(rendererFailed('was ended'));
      await exit;
    },
  };
}

function rendererFailed(what: string, cause?: unknown): StageError {
  return new StageError('RENDERER_FAILED', `The process that draws the thumbnail ${what}.`, {
    remedy: 'retry',
    action: 'It is tried again automatically. If it needs attention, choose another frame, and report the message.',
    cause,
  });
}
