import type { Entry } from './entry-point.ts';
import { decodingTimestamp, isShown, packetsOf, packetTimestamp } from './packets.ts';
import type { Recording } from './recording.ts';
import { rewind, seekKeyFrame } from './source.ts';

/** A place at which decoding can begin. */
export interface EntryPoint {
  /** When its picture is shown, and decoded, in the stream's units. */
  readonly shown: bigint;
  readonly decoded: bigint;
  /** Where to seek to get there, or short of it; undefined for the first packet of all. */
  readonly from: bigint | undefined;
  /** Whether its picture is shown: an edit list may begin in the middle of a group. */
  readonly isShown: boolean;
  /** Whether its picture is whole at once, and needs no other. */
  readonly isWhole: boolean;
}

/** Seconds by which the search goes back, doubled each time. */
const firstStep = 1;

/**
 * Yields the places from which what is shown at a timestamp may be decoded: first the nearest, then others further back,
 * at last the recording's beginning. Each lies before the one that was yielded last, so that there is an end, whatever the
 * container's index says. The taker goes on where decoding from one shows nothing at or before the target. Moves the reader.
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
      // Not only just before one that has failed: where one has, others near it may be as bad.
      back = target - found.shown > back ? target - found.shown : back;
    }
    back = back === 0n ? recording.ticks(firstStep) : back * 2n;
  }
  await rewind(recording);
  // Even where the last one was there already: only from the beginning, what is shown later than the target is the first.
  yield { shown: recording.start, decoded: firstDecoded, from: undefined, isShown: false, isWhole: false };
}

interface Bounds {
  /** Only what is decoded before this. */
  readonly before: bigint | undefined;
  /** Whether the reader jumped to what the index has for the target itself: if that is an entry, it is the last. */
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
    // Between two parts of an edit list lies what is not shown, and its times overlap both.
    if (isPast && isShown(recording, packet)) break;
    if (isPast) continue;
    const entry = recording.entryOf(packet);
    if (shown <= target && isInTime(recording, entry, target - shown)) {
      found = { shown, decoded, from, isShown: isShown(recording, packet), isWhole: entry.kind === 'whole' };
      // An index that leads to an entry is believed; what it leads to besides is not looked at.
      if (isFirst && isNearest && !recording.isStream) break;
      // Further back the first will do, and be the surest.
      if (before !== undefined) break;
    }
    isFirst = false;
  }
  return found;
}

/** Whether decoding that begins there has come to whole pictures after a length of time. */
function isInTime({ timeline }: Recording, entry: Entry, length: bigint): boolean {
  if (entry.kind === 'gradual') return BigInt(entry.frames + 1) * timeline.interval <= length;
  return entry.kind === 'whole';
}

/** Places the reader on an entry point. */
export async function seekEntry(recording: Recording, { from }: EntryPoint): Promise<void> {
  if (from === undefined || !(await seekKeyFrame(recording, from))) await rewind(recording);
}
