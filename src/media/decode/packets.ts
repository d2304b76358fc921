import { AV_NOPTS_VALUE, AV_PKT_FLAG_CORRUPT, AV_PKT_FLAG_DISCARD, AVERROR_EAGAIN } from 'node-av/constants';
import { Packet } from 'node-av/lib';
import type { Source } from './source.ts';

/** How many times in a row a container may say "not yet" before it counts as read to its end. */
const mostRefusals = 1000;

/**
 * Yields the whole packets of the video stream from the reader's position to the end of what can be read. It is the
 * same packet object each time, with new contents.
 */
export async function* packetsOf({ container, video, onPacket }: Source): AsyncGenerator<Packet> {
  const packet = new Packet();
  packet.alloc();
  try {
    for (let refusals = 0; refusals < mostRefusals; ) {
      packet.unref();
      const code = await container.readFrame(packet);
      if (code === AVERROR_EAGAIN) {
        refusals += 1;
        continue;
      }
      refusals = 0;
      if (code < 0) return;
      onPacket();
      // FFmpeg marks a packet that the end of the file cuts off, but still returns it.
      const whole = (packet.flags & AV_PKT_FLAG_CORRUPT) === 0;
      if (packet.streamIndex === video.index && whole) yield packet;
    }
  } finally {
    packet.free();
  }
}

/** What `read` makes of the next packet, which is valid only during the call. */
export async function nextPacket<Result>(
  source: Source,
  read: (packet: Packet) => Result,
): Promise<Result | undefined> {
  for await (const packet of packetsOf(source)) return read(packet);
  return undefined;
}

/** Presentation time of a packet in the stream's units. */
export function packetTimestamp(packet: Packet): bigint {
  return packet.pts === AV_NOPTS_VALUE ? packet.dts : packet.pts;
}

/** When a packet is decoded, in the stream's units: never later than any packet after it is shown. */
export function decodingTimestamp(packet: Packet): bigint {
  return packet.dts === AV_NOPTS_VALUE ? packetTimestamp(packet) : packet.dts;
}

/** Whether a player shows it: pictures that an edit list cuts off are decoded only because others need them. */
export function isShown(source: Source, packet: Packet): boolean {
  return (packet.flags & AV_PKT_FLAG_DISCARD) === 0 && isShownAt(source, packetTimestamp(packet));
}

/** Whether a player shows pictures at this time, according to an edit list that the program applies itself. */
export function isShownAt({ shown }: Source, timestamp: bigint): boolean {
  return shown === undefined || (timestamp >= shown.from && timestamp < shown.until);
}
