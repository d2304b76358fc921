import { FilterAPI } from 'node-av/api';
import { AV_FRAME_FLAG_INTERLACED, AV_FRAME_FLAG_TOP_FIELD_FIRST } from 'node-av/constants';
import type { Frame } from 'node-av/lib';

/** Which of the two moments that are woven into a frame comes first; undefined for a frame of one moment. */
export function firstField(frame: Frame): 'top' | 'bottom' | undefined {
  if ((frame.flags & AV_FRAME_FLAG_INTERLACED) === 0) return undefined;
  return (frame.flags & AV_FRAME_FLAG_TOP_FIELD_FIRST) === 0 ? 'bottom' : 'top';
}

/** Takes the place of lines of the second field by what the frames around it show of the first one's moment. */
const filters = 'bwdif=mode=send_frame:parity=auto:deint=interlaced';

/**
 * Passes frames on in their order, each as long a moment as before; from the first wanted one that is interlaced on, they
 * go through a filter that needs the frames on either side. The taker frees each.
 * @param isWanted asked until then; of frames that are only passed by, the filter's work would be lost
 */
export async function* deinterlaced(
  frames: AsyncIterable<Frame>,
  isWanted: (frame: Frame) => boolean,
): AsyncGenerator<Frame> {
  let filter: FilterAPI | undefined;
  const waiting: Pick<Frame, 'pts' | 'bestEffortTimestamp' | 'keyFrame' | 'timeBase'>[] = [];

  async function* through(frame: Frame | null): AsyncGenerator<Frame> {
    for (const made of (await filter?.processAll(frame)) ?? []) {
      // The filter counts time in other units.
      yield Object.assign(made, waiting.shift());
    }
  }

  try {
    for await (const frame of frames) {
      if (!filter && !(firstField(frame) && isWanted(frame))) {
        yield frame;
        continue;
      }
      filter ??= FilterAPI.create(filters, { threads: 1 });
      const { pts, bestEffortTimestamp, keyFrame, timeBase } = frame;
      waiting.push({ pts, bestEffortTimestamp, keyFrame, timeBase });
      try {
        yield* through(frame);
      } finally {
        frame.free();
      }
    }
    if (filter) yield* through(null);
  } finally {
    filter?.close();
  }
}
