import type { Packet } from 'node-av/lib';
import { type EntryPoint, entriesBefore } from './entry-search.ts';
import { keyPacketsOf } from './key-frames.ts';
import { decodingTimestamp, isShown, packetsOf, packetTimestamp } from './packets.ts';
import type { Recording } from './recording.ts';
import { seekPacket } from './source.ts';

/** The key frames on either side of a moment; undefined where none can be shown by itself. */
export interface KeyFramesAround {
  /** The last key frame at or before the moment. */
  before: EntryPoint | undefined;
  /** The next key frame: when it is shown, and the packet to decode, which the caller frees. */
  after: { shown: bigint; packet: Packet } | undefined;
  /** If there is no next key frame: none is shown up to this time. */
  until: bigint;
}

/** How many of the places where decoding may begin are tried. */
const mostPlaces = 4;
/** Seconds within which to look for the next key frame. */
const mostSeconds = 60;

/** The key frames on either side of a timestamp; moves the reader. */
export async function keyFramesAround(recording: Recording, target: bigint): Promise<KeyFramesAround> {
  let before: EntryPoint | undefined;
  let tried = 0;
  for await (const entry of entriesBefore(recording, target)) {
    tried += 1;
    if (entry.isShown && entry.isWhole) before = entry;
    if (before || tried === mostPlaces) break;
  }
  let after: KeyFramesAround['after'];
  const until = target + recording.ticks(mostSeconds);
  for await (const packet of keyPacketsOf(recording, { from: target + 1n, until })) {
    const own = packet.clone();
    if (own) after = { shown: packetTimestamp(packet), packet: own };
    break;
  }
  return { before, after, until };
}

/** Frames by which decoding order may differ from presentation order in H.264 and HEVC (max_num_reorder). */
const reordered = 16;

/**
 * When the frame before the one at `shown` is shown; undefined for the first. Reads packets without decoding them;
 * moves the reader.
 */
export async function previousShown(recording: Recording, shown: bigint): Promise<bigint | undefined> {
  const { start } = recording;
  for (let seconds = 1; ; seconds *= 4) {
    const from = shown - recording.ticks(seconds);
    let previous: bigint | undefined;
    let read = 0;
    if (await seekPacket(recording, from > start ? from : start)) {
      for await (const packet of packetsOf(recording)) {
        // No frame is shown before it is decoded. Packets that an edit list cuts off say nothing.
        if (!isShown(recording, packet)) continue;
        if (decodingTimestamp(packet) >= shown) break;
        read += 1;
        const other = packetTimestamp(packet);
        const isBetween = other >= start && other < shown;
        if (isBetween && (previous === undefined || other > previous)) previous = other;
      }
    }
    if (read > reordered || from <= start) return previous;
  }
}
