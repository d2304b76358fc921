import {
  AV_NOPTS_VALUE,
  AV_PKT_FLAG_CORRUPT,
  AVERROR_EAGAIN,
  AVSEEK_FLAG_ANY,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import { Packet } from 'node-av/lib';
import type { Recording } from './recording.ts';

/**
 * Yields the whole packets of the video stream from where the reader is to the end of what can be read.
 * It is the same packet each time, with new contents.
 */
export async function* packetsOf(recording: Recording): AsyncGenerator<Packet> {
  const packet = new Packet();
  packet.alloc();
  try {
    for (;;) {
      packet.unref();
      const code = await recording.container.readFrame(packet);
      if (code === AVERROR_EAGAIN) continue;
      if (code < 0) return;
      // A packet cut off by the end of the file is marked, not refused.
      const whole = (packet.flags & AV_PKT_FLAG_CORRUPT) === 0;
      if (packet.streamIndex === recording.video.index && whole) yield packet;
    }
  } finally {
    packet.free();
  }
}

/** Presentation time of a packet in the stream's units. */
export function packetTimestamp(packet: Packet): bigint {
  return packet.pts === AV_NOPTS_VALUE ? packet.dts : packet.pts;
}

/**
 * Seconds before a key frame's time at which the search for it starts: QuickTime looks for key frames by a time
 * between that of decoding and that of showing.
 */
const searchMargin = 0.5;

/**
 * Yields key frames shown at or after `from` without reading what lies between them, `step` units or a little more apart;
 * 0 yields them all. It is the same packet each time, with new contents.
 */
export async function* keyPacketsOf(recording: Recording, from: bigint, step: bigint): AsyncGenerator<Packet> {
  // Skipping by the demuxer's own discard setting leaves wrong presentation times in QuickTime files with B-frames.
  const jumps = recording.container.iformat?.name?.startsWith('mov') ?? false;
  if (!jumps) await seekKeyFrame(recording, from);
  let wanted = from;
  let position = from - recording.ticks(searchMargin);
  for (;;) {
    if (jumps && !(await seekNextKeyFrame(recording, position))) return;
    let found = false;
    for await (const packet of packetsOf(recording)) {
      const shown = packetTimestamp(packet);
      found = true;
      position = shown + 1n;
      // Where the index has a key frame and the data does not look like one, it is damaged; the taker shall know.
      if ((jumps || packet.isKeyframe) && shown >= wanted) {
        yield packet;
        wanted = shown + (step > 0n ? step : 1n);
        position = wanted;
      }
      if (jumps) break;
    }
    if (!jumps || !found) return;
  }
}

/** Places the reader on the first key frame at or after a timestamp; false where there is none. */
async function seekNextKeyFrame(recording: Recording, timestamp: bigint): Promise<boolean> {
  return (await recording.container.seekFrame(recording.video.index, timestamp)) >= 0;
}

/** Places the reader on the last key frame at or before a timestamp; false where the container cannot. */
export async function seekKeyFrame(recording: Recording, timestamp: bigint): Promise<boolean> {
  return (await recording.container.seekFrame(recording.video.index, timestamp, AVSEEK_FLAG_BACKWARD)) >= 0;
}

/** Places the reader on any packet at or before a timestamp, one that cannot be decoded by itself too. */
export async function seekPacket(recording: Recording, timestamp: bigint): Promise<boolean> {
  const flags = (AVSEEK_FLAG_BACKWARD | AVSEEK_FLAG_ANY) as typeof AVSEEK_FLAG_ANY;
  return (await recording.container.seekFrame(recording.video.index, timestamp, flags)) >= 0;
}
