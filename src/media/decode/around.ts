import type { Packet } from 'node-av/lib';
import { type EntryPoint, entriesBefore } from './entry-search.ts';
import { keyPacketsOf } from './key-frames.ts';
import { decodingTimestamp, isShown, packetsOf, packetTimestamp } from './packets.ts';
import type { Recording } from './recording.ts';
import { seekPacket } from './source.ts';

/** The key frames on either side of a moment; undefined where there is none that can be shown by itself. */
export interface KeyFramesAround {
  /** The last one at or before the moment. */
  before: EntryPoint | undefined;
  /** The next one: when it is shown, and what to decode; the taker frees it. */
  after: { shown: bigint; packet: Packet } | undefined;
  /** Where there is none after it: up to when none is shown. */
  until: bigint;
}

/** Places that are tried, of those where decoding may begin. */
const mostPlaces = 4;
/** Seconds within which the next key frame is looked for, where there is no index to find it by. */
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

/** Frames by which the order of decoding may differ from that of showing, in H.264 and in HEVC (max_num_reorder). */
const reordered = 16;

/**
 * When the frame before the one shown at `shown` is shown; undefined for the first. Reads packets and decodes none;
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
        // No frame is shown before it is decoded. What an edit list cuts off tells nothing.
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
