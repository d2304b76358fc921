import sharp from 'sharp';
import { describeFailure } from '../../child/failures.ts';
import type { Task } from '../../child/protocol.ts';
import { StageError } from '../../domain/errors.ts';
import { type FoundFrame, FrameReader } from '../decode/frame-reader.ts';
import { encodeScreenJpeg } from '../decode/jpeg.ts';
import { memoryFor } from '../decode/memory.ts';
import { orientationOf } from '../decode/orientation.ts';
import { PictureMakers } from '../decode/picture-makers.ts';
import type { FrameAnswer, FrameOrder, FrameQuery } from '../frames/wire.ts';

/**
 * Milliseconds of decoding after which the child asks whether the frame is still wanted, or whether a key frame is
 * wanted first.
 */
const askEveryMs = 60;

/**
 * Shows frames of one recording for as long as the parent asks; key frames even while an exact one is being decoded.
 */
export const run: Task<{ path: string }, FrameAnswer, void, FrameOrder> = async ({ path }, context) => {
  sharp.cache(false);
  sharp.concurrency(1);
  const reader = await FrameReader.open(path, context.alive);
  context.needs(memoryFor(reader.recording));
  const pictures = new PictureMakers(orientationOf(reader.recording.video));

  let askedAt = 0;
  const ask = async () => {
    const order = await context.next();
    askedAt = performance.now();
    return order;
  };

  async function isWanted(): Promise<boolean> {
    while (performance.now() - askedAt > askEveryMs) {
      const order = await ask();
      if (!order || order.type === 'stop') return false;
      if (order.type === 'frame') await serve(order.id, order.query);
    }
    return true;
  }

  async function show(id: number, query: FrameQuery): Promise<FrameAnswer> {
    const { time, width, precision } = query;
    let found: FoundFrame | undefined;
    try {
      found = precision === 'key' ? await reader.nearestKey(time) : await reader.exact(time, width, isWanted);
    } catch (error) {
      // A StageError concerns this one moment only; any other error ends the process.
      if (error instanceof StageError) return { id, type: 'failed', failure: describeFailure(error) };
      throw error;
    }
    if (!found) return { id, type: 'stopped' };
    const { frame, span, ...rest } = found;
    const picture = await pictures.make(frame, width);
    frame.free();
    const jpeg = await encodeScreenJpeg(picture);
    return { id, type: 'frame', span, frame: { ...rest, jpeg, width: picture.width, height: picture.height } };
  }

  async function serve(id: number, query: FrameQuery): Promise<void> {
    await context.send(await show(id, query));
  }

  for (let order = await ask(); order; order = await ask()) {
    if (order.type === 'frame') await serve(order.id, order.query);
  }
};
