import { unlessAborted } from '../async/shared-work.ts';
import { type RenderChild, type RenderLimits, startRenderChild } from './process/start-child.ts';
import type { Thumbnail, ThumbnailRequest } from './request.ts';

export type { RenderLimits } from './process/start-child.ts';
export type { Thumbnail, ThumbnailRequest } from './request.ts';

/**
 * Draws thumbnails in a separate process that is kept alive: the second picture of a photo takes a tenth of a second.
 */
export interface ThumbnailRenderer {
  /**
   * One at a time, in the order of the calls. An aborted call rejects immediately with the signal's reason; the process
   * is kept for the next.
   * @throws StageError METADATA_INVALID, TEMPLATE_UNKNOWN, PICTURE_UNREADABLE, or RENDERER_FAILED when the process
   * died, hung or used too much memory; the next call then starts a new one
   */
  render(request: ThumbnailRequest, options?: { signal?: AbortSignal | undefined }): Promise<Thumbnail>;
  /** Ends the process; anything not drawn yet fails. */
  close(): Promise<void>;
}

export interface RendererOptions extends RenderLimits {
  /**
   * Milliseconds without a request after which the process is ended, to be restarted by the next one; default five
   * minutes.
   */
  readonly idleMs?: number | undefined;
}

/**
 * The process starts with the first request and ends with `close`, or with this process, which it does not keep alive
 * while there is nothing to draw.
 */
export function openThumbnailRenderer({ idleMs = 300_000, ...limits }: RendererOptions = {}): ThumbnailRenderer {
  let child: RenderChild | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;

  const drawNext = async (request: ThumbnailRequest, signal: AbortSignal | undefined) => {
    clearTimeout(idle);
    try {
      // The second time the child is new, and always either draws or fails.
      for (;;) {
        signal?.throwIfAborted();
        if (isClosed) throw new Error('The renderer is closed.');
        if (!child || child.isGone) child = startRenderChild(limits);
        child.keepUp(true);
        const drawn = await child.draw(request);
        if (drawn) return drawn;
      }
    } finally {
      child?.keepUp(false);
      if (!isClosed) idle = setTimeout(() => child?.end(), idleMs).unref();
    }
  };

  return {
    async render(request, { signal } = {}) {
      signal?.throwIfAborted();
      const drawn = turn.then(() => drawNext(request, signal));
      turn = drawn.catch(() => {});
      return signal ? unlessAborted(drawn, signal) : drawn;
    },
    async close() {
      isClosed = true;
      clearTimeout(idle);
      await child?.end();
    },
  };
}
