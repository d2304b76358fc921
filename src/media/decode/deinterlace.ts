import { FilterAPI } from 'node-av/api';
import { AV_FRAME_FLAG_INTERLACED, AV_FRAME_FLAG_TOP_FIELD_FIRST } from 'node-av/constants';
import type { Frame } from 'node-av/lib';

/** Which of the two fields woven into a frame comes first; undefined for a progressive frame. */
export function firstField(frame: Frame): 'top' | 'bottom' | undefined {
  if ((frame.flags & AV_FRAME_FLAG_INTERLACED) === 0) return undefined;
  return (frame.flags & AV_FRAME_FLAG_TOP_FIELD_FIRST) === 0 ? 'bottom' : 'top';
}

/**
 * Replaces the second field's lines with what they would show at the first field's moment, judging by the frames around
 * it.
 */
const filters = 'bwdif=mode=send_frame:parity=auto:deint=interlaced';

/**
 * Passes frames on in order, each at the same time as before. From the first wanted frame that is interlaced, all go
 * through a filter that needs the frames on either side. The caller frees each frame.
 * @param isWanted asked until then, because filtering frames that are only passed over is wasted work
 */
export async function* deinterlaced(
  frames: AsyncIterable<Frame>,
  isWanted: (frame: Frame) => boolean,
): AsyncGenerator<Frame> {
  let filter: FilterAPI | undefined;
  const waiting: Pick<Frame, 'pts' | 'bestEffortTimestamp' | 'keyFrame' | 'timeBase'>[] = [];

  async function* through(frame: Frame | null): AsyncGenerator<Frame> {
    for (const made of (await filter?.processAll(frame)) ?? []) {
      // The filter uses other time units.
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
