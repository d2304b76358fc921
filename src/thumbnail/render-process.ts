import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StageError } from '../domain/errors.ts';
import type { RenderJob, RenderReply } from './process/protocol.ts';
import type { ThumbnailRequest, ThumbnailSummary } from './request.ts';

export type { ThumbnailRequest, ThumbnailSummary } from './request.ts';

export interface RenderOptions {
  /** Ends the child; the returned promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which a child counts as hung; default one minute. */
  readonly timeoutMs?: number | undefined;
}

const entry = fileURLToPath(new URL('./process/render-child.ts', import.meta.url));
const diagnosticsKept = 4000;

/**
 * Draws a thumbnail in a process of its own and writes it to `out` (atomically, mode 0644): memory and processor time
 * of the drawing do not burden the caller, and a crash is an error. The child ends when the caller's process does.
 * @throws StageError METADATA_INVALID, TEMPLATE_UNKNOWN, PICTURE_UNREADABLE, NO_SPACE, FOLDER_UNUSABLE, or
 * RENDERER_FAILED when the child died, hung or failed in an unforeseen way
 */
export async function renderThumbnailInProcess(
  { out, ...request }: ThumbnailRequest & { out: string },
  options: RenderOptions = {},
): Promise<ThumbnailSummary> {
  options.signal?.throwIfAborted();
  const temporary = join(dirname(out), `.${basename(out)}.${randomUUID()}.tmp`);
  const child = fork(entry, [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  try {
    const answer = await answerOf(child, { request, out, temporary }, options);
    return summaryOf(answer);
  } catch (error) {
    await ended(child);
    await rm(temporary, { force: true });
    throw error;
  } finally {
    child.kill('SIGKILL');
  }
}

function answerOf(child: ChildProcess, job: RenderJob, { signal, timeoutMs = 60_000 }: RenderOptions) {
  return new Promise<RenderReply>((resolve, reject) => {
    let diagnostics = '';
    child.stderr?.on('data', (chunk) => {
      diagnostics = (diagnostics + chunk).slice(-diagnosticsKept);
    });
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
    };
    const abort = () => finish(() => reject(signal?.reason));
    const timer = setTimeout(() => {
      finish(() => reject(rendererFailed(`gave no picture within ${timeoutMs / 1000} s`)));
    }, timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });

    child.once('message', (reply: RenderReply) => finish(() => resolve(reply)));
    child.once('error', (cause) => finish(() => reject(rendererFailed(`could not be run: ${cause.message}`, cause))));
    child.once('close', (code, killedBy) => {
      const how = killedBy ? `was ended by ${killedBy}` : `ended with exit code ${code}`;
      finish(() => reject(rendererFailed(`${how} before its picture was done`, diagnostics.trim() || undefined)));
    });
    // A child that is gone already is told of by `close`.
    child.send(job, () => {});
  });
}

function summaryOf(answer: RenderReply): ThumbnailSummary {
  switch (answer.type) {
    case 'done':
      return answer.summary;
    case 'stage-error':
      throw new StageError(answer.code, answer.message, { remedy: answer.remedy, action: answer.action });
    case 'unexpected':
      throw rendererFailed(`failed: ${answer.message}`, answer.stack);
  }
}

/** Kills the child and waits until it can write no more. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}

function rendererFailed(what: string, cause?: unknown): StageError {
  return new StageError('RENDERER_FAILED', `The process that draws the thumbnail ${what}.`, {
    remedy: 'retry',
    action: 'It is tried again by itself; if it keeps failing, choose another frame and report the message.',
    cause,
  });
}
