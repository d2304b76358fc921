import { packetsOf, packetTimestamp, seekPacket } from './packets.ts';
import type { Recording } from './recording.ts';

/** Seconds before the promised end at which the search for the last packet starts. */
const tail = 2;
/** Seconds to which the end of a file that was cut off is searched for. */
const precision = 0.25;

/** Seconds that may be missing at the end before a recording counts as cut off. */
const missingAllowed = (durationSeconds: number) => Math.max(2, durationSeconds * 0.02);

/** Whether a recording of which so many seconds can be read has lost its end. */
export function isCutOff({ durationSeconds }: Recording, readable: number): boolean {
  return durationSeconds - readable > missingAllowed(durationSeconds);
}

/**
 * Seconds from the first frame to the end of the last packet that can be read; found by seeking, without reading it all.
 * FFmpeg itself reports no error when a file ends before its index does.
 */
export async function readableSeconds(recording: Recording): Promise<number> {
  const promised = recording.durationSeconds;
  if (promised <= 0) return endFrom(recording, 0);
  const atEnd = await endFrom(recording, Math.max(0, promised - tail));
  if (atEnd >= promised - tail) return atEnd;

  let [readable, unreadable] = [0, promised];
  while (unreadable - readable > precision) {
    const middle = (readable + unreadable) / 2;
    if (await canRead(recording, middle)) readable = middle;
    else unreadable = middle;
  }
  return Math.max(atEnd, await endFrom(recording, readable));
}

async function canRead(recording: Recording, seconds: number): Promise<boolean> {
  if (!(await seekPacket(recording, recording.timestamp(seconds)))) return false;
  for await (const _ of packetsOf(recording)) return true;
  return false;
}

async function endFrom(recording: Recording, seconds: number): Promise<number> {
  let end = 0;
  if (!(await seekPacket(recording, recording.timestamp(seconds)))) return end;
  for await (const packet of packetsOf(recording)) {
    end = Math.max(end, recording.seconds(packetTimestamp(packet) + packet.duration));
  }
  return end;
}
