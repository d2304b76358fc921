import type { Context } from 'hono';
import type { FrameServer } from '../../media/index.ts';
import type { StudioEnv } from './env.ts';

/** Seconds from the beginning: a camera is often put down in the first moment. */
const time = 1;
const width = 320;

/** A small picture from the beginning of a file, by which a person knows the match. @throws StageError */
export async function firstFrame(c: Context<StudioEnv>, frames: FrameServer, file: string): Promise<Response> {
  const { signal } = c.req.raw;
  const { jpeg } = await frames
    .frame(file, { time, width, precision: 'key' }, { signal })
    .catch((error: { code?: string }) => {
      if (error.code !== 'FRAME_NOT_FOUND') throw error;
      return frames.frame(file, { time: 0, width, precision: 'key' }, { signal });
    });
  return c.body(new Uint8Array(jpeg), 200, { 'content-type': 'image/jpeg', 'cache-control': 'no-store' });
}
