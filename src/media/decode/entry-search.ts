import type { Entry } from './entry-point.ts';
import { decodingTimestamp, isShown, packetsOf, packetTimestamp } from './packets.ts';
import type { Recording } from './recording.ts';
import { rewind, seekKeyFrame } from './source.ts';

/** A place at which decoding can begin. */
export interface EntryPoint {
  /** When its picture is shown and when it is decoded, in the stream's units. */
  readonly shown: bigint;
  readonly decoded: bigint;
  /** Where to seek to arrive there or before it; undefined for the very first packet. */
  readonly from: bigint | undefined;
  /** Whether its picture is shown: an edit list may begin in the middle of a group. */
  readonly isShown: boolean;
  /** Whether its picture is whole at once, without any other. */
  readonly isWhole: boolean;
}

/** Seconds by which the search first goes back; doubled each time. */
const firstStep = 1;

/**
 * Yields the places from which the picture shown at a timestamp may be decoded: first the nearest, then others further
 * back, and finally the recording's beginning. Each lies before the previous one, so the search ends whatever the
 * container's index says. The caller continues if decoding from a place shows nothing at or before the target. Moves
 * the reader.
 */
export async function* entriesBefore(recording: Recording, target: bigint): AsyncGenerator<EntryPoint> {
  const { firstDecoded } = recording.timeline;
  let last: EntryPoint | undefined;
  let back = 0n;
  while (target - back > firstDecoded) {
    const found = await lastEntryFrom(recording, target - back, target, {
      before: last?.decoded,
      isNearest: back === 0n,
    });
    if (found) {
      last = found;
      yield found;
      // Jump well back from a place that failed: others near it may be just as bad.
      back = target - found.shown > back ? target - found.shown : back;
    }
    back = back === 0n ? recording.ticks(firstStep) : back * 2n;
  }
  await rewind(recording);
  // Even if the last place was already there: only when decoding starts at the beginning is a picture later than the
  // target known to be the first.
  yield { shown: recording.start, decoded: firstDecoded, from: undefined, isShown: false, isWhole: false };
}

interface Bounds {
  /** Only packets decoded before this. */
  readonly before: bigint | undefined;
  /** Whether the index was asked for the target itself: if it leads straight to an entry, that is the last one. */
  readonly isNearest: boolean;
}

async function lastEntryFrom(
  recording: Recording,
  from: bigint,
  target: bigint,
  { before, isNearest }: Bounds,
): Promise<EntryPoint | undefined> {
  if (!(await seekKeyFrame(recording, from))) return undefined;
  let found: EntryPoint | undefined;
  let isFirst = true;
  for await (const packet of packetsOf(recording)) {
    const [shown, decoded] = [packetTimestamp(packet), decodingTimestamp(packet)];
    const isPast = decoded > target || (before !== undefined && decoded >= before);
    // Packets between two parts of an edit list are not shown, and their times overlap both parts.
    if (isPast && isShown(recording, packet)) break;
    if (isPast) continue;
    const entry = recording.entryOf(packet);
    if (shown <= target && isInTime(recording, entry, target - shown)) {
      found = { shown, decoded, from, isShown: isShown(recording, packet), isWhole: entry.kind === 'whole' };
      // An index that leads straight to an entry is trusted; the packets after it are not checked.
      if (isFirst && isNearest && !recording.isStream) break;
      // Further back, the first entry will do, and is the safest.
      if (before !== undefined) break;
    }
    isFirst = false;
  }
  return found;
}

/** Whether decoding that begins at an entry gives whole pictures within a length of time. */
function isInTime({ timeline }: Recording, entry: Entry, length: bigint): boolean {
  if (entry.kind === 'gradual') return BigInt(entry.frames + 1) * timeline.interval <= length;
  return entry.kind === 'whole';
}

/** Places the reader on an entry point. */
export async function seekEntry(recording: Recording, { from }: EntryPoint): Promise<void> {
  if (from === undefined || !(await seekKeyFrame(recording, from))) await rewind(recording);
}
