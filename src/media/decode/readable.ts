import { isCutOff } from './cut-off.ts';
import { packetsOf, packetTimestamp } from './packets.ts';
import type { Recording } from './recording.ts';
import { seekPacket } from './source.ts';

/** Seconds before the promised end at which the search for the last packet starts. */
const tail = 2;
/** Precision, in seconds, of the search for the end of a file that was cut off. */
const precision = 0.25;

export interface CutOff {
  /** Seconds that can be read, out of those that the container promises. */
  readonly readable: number;
  readonly promised: number;
}

/** What is left of a recording that has lost its end; undefined if it has not. */
export async function cutOffOf(recording: Recording): Promise<CutOff | undefined> {
  if (recording.isWhole) return undefined;
  const promised = recording.durationSeconds;
  const readable = await readableSeconds(recording);
  return isCutOff(promised, readable) ? { readable, promised } : undefined;
}

/**
 * Seconds up to the end of the last packet that can be read, found by seeking instead of reading everything.
 * FFmpeg itself reports no error when a file ends before its index does.
 */
async function readableSeconds(recording: Recording): Promise<number> {
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
