import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { shareWork } from '../../async/shared-work.ts';
import { fileMissing, fileUnreadable } from '../decode/refusals.ts';
import type { TaskLimits } from '../run-decoder.ts';
import { openChildPool } from './child-pool.ts';
import { createFrameCache } from './frame-cache.ts';
import type { FrameQuery, ServedFrame } from './wire.ts';

export interface FrameServerOptions extends TaskLimits {
  /** Recordings held open at once, each by its own process; default 2. */
  readonly maximumChildren?: number | undefined;
  /** Milliseconds without a request after which a process ends; default two minutes. */
  readonly idleMs?: number | undefined;
  /** Bytes of pictures to keep; default 64 MB. */
  readonly cacheBytes?: number | undefined;
}

/** Shows any moment of any recording. Keeps a limited number of processes and pictures for later requests. */
export interface FrameServer {
  /**
   * A frame as a JPEG (quality 80, 4:2:0), upright, with natural colours. Equal requests share one decoding. A key
   * frame takes a few hundredths of a second, and is shown even while an exact one is being decoded; an exact frame
   * takes as long as decoding from the key frame before it. An aborted request rejects at once, and work begun for it
   * alone is stopped. A file that has been replaced is opened again.
   *
   * @throws StageError FRAME_NOT_FOUND (more than 1 s past the end), FILE_MISSING, NOT_A_VIDEO, DAMAGED_VIDEO (no
   *   picture can be read there); DECODER_FAILED if the process died, hung or used too much memory: the next request
   *   starts another. RangeError if the width is not a whole number of pixels. The signal's reason when aborted.
   */
  frame(path: string, query: FrameQuery, options?: { signal?: AbortSignal | undefined }): Promise<ServedFrame>;
  /** Ends the processes and rejects waiting requests; the processes are gone when the promise settles. */
  close(): Promise<void>;
}

/** @see FrameServer */
export function openFrameServer(options: FrameServerOptions = {}): FrameServer {
  const { maximumChildren = 2, idleMs = 120_000, cacheBytes = 64 * 1024 ** 2, ...limits } = options;
  const pool = openChildPool({ maximumChildren, idleMs, usualMemoryBytes: 1024 ** 3, ...limits });
  const cache = createFrameCache(cacheBytes);
  const shared = shareWork<ServedFrame>();
  const closed = new AbortController();

  return {
    async frame(path, query, { signal } = {}) {
      closed.signal.throwIfAborted();
      signal?.throwIfAborted();
      const { time, width, precision } = query;
      if (!Number.isInteger(width) || width < 1) throw new RangeError(`${width} is no width in pixels.`);
      const file = resolve(path);
      const version = await versionOf(file);
      const kind = JSON.stringify([file, version, width, precision]);
      const known = cache.get(kind, time);
      if (known) return known;
      const decode = async (stopped: AbortSignal) => {
        const wanted = AbortSignal.any([stopped, closed.signal]);
        const answered = await pool.frame(file, version, { time, width, precision }, wanted);
        cache.put(kind, answered);
        return answered.frame;
      };
      return shared.join(`${time} ${kind}`, decode, signal);
    },
    async close() {
      closed.abort(new Error('The frame server is closed.'));
      await pool.close();
    },
  };
}

/** Changes when a file is replaced. @throws StageError FILE_MISSING */
async function versionOf(file: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(file, { bigint: true });
    return [ino, size, mtimeNs].join(' ');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw fileMissing(file, error);
    throw fileUnreadable(file, message);
  }
}
