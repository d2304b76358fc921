import { keyFrameBefore } from './exact-frames.ts';
import { keyPacketsOf, packetsOf, packetTimestamp, seekPacket } from './packets.ts';
import type { Recording } from './recording.ts';

/** When key frames are shown, in the stream's units. */
export interface KeyFramesAround {
  /** The last one at or before the moment; the first of all for a moment before it. */
  before: bigint;
  /** The next one; undefined where no more can be read. */
  after: bigint | undefined;
}

/** The key frames on either side of a timestamp; moves the reader. */
export async function keyFramesAround(recording: Recording, target: bigint): Promise<KeyFramesAround> {
  let before = (await keyFrameBefore(recording, target)).shown;
  for await (const packet of keyPacketsOf(recording, before + 1n, 0n)) {
    const shown = packetTimestamp(packet);
    if (shown > target) return { before, after: shown };
    // Where a recording ends too early, the first search goes back further than it must.
    before = shown;
  }
  return { before, after: undefined };
}

/** Frames by which the order of decoding may differ from that of showing, in H.264 and in HEVC (max_num_reorder). */
const reordered = 16;

/**
 * When the frame before the one shown at `shown` is shown; undefined for the first. Reads packets and decodes none;
 * moves the reader.
 */
export async function previousShown(recording: Recording, shown: bigint): Promise<bigint | undefined> {
  for (let seconds = 1; ; seconds *= 4) {
    const from = shown - recording.ticks(seconds);
    let previous: bigint | undefined;
    let read = 0;
    if (await seekPacket(recording, from > recording.start ? from : recording.start)) {
      for await (const packet of packetsOf(recording)) {
        // No frame is shown before it is decoded.
        if (packet.dts >= shown) break;
        read += 1;
        const other = packetTimestamp(packet);
        const isBetween = other >= recording.start && other < shown;
        if (isBetween && (previous === undefined || other > previous)) previous = other;
      }
    }
    if (read > reordered || from <= recording.start) return previous;
  }
}
