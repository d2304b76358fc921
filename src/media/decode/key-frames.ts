import type { Packet } from 'node-av/lib';
import { entriesBefore, seekEntry } from './entry-search.ts';
import { decodingTimestamp, isShown, packetsOf, packetTimestamp } from './packets.ts';
import type { Recording } from './recording.ts';
import { seekNextKeyFrame } from './source.ts';

export interface KeyFrameRange {
  /** The first is shown at or after this time, in the stream's units. */
  readonly from: bigint;
  /** Each is shown at least this long after the previous one; 0 for all of them. */
  readonly step?: bigint;
  /** The search ends with packets decoded after this. */
  readonly until?: bigint;
}

/**
 * Yields the packets of pictures that a player shows and that need no other, in order of time. Also yields a packet
 * marked as a key frame whose data look like no picture, so that the caller learns of the damage. It is the same packet
 * object each time, with new contents.
 *
 * With an index, packets between them are not read. An index that leads to anything else is no longer trusted: from
 * then on, all packets are read and judged by their contents.
 */
export async function* keyPacketsOf(recording: Recording, range: KeyFrameRange): AsyncGenerator<Packet> {
  let { from } = range;
  if (recording.jumps && !recording.index.isWrong) {
    for await (const packet of jumpingTo(recording, range)) {
      const { kind } = recording.entryOf(packet);
      if (kind === 'dependent') {
        recording.index.isWrong = true;
        break;
      }
      if (kind === 'gradual' || !isShown(recording, packet)) continue;
      yield packet;
      from = nextWanted(packet, range);
    }
    if (!recording.index.isWrong) return;
  }
  yield* readingOn(recording, { ...range, from });
}

const nextWanted = (packet: Packet, { step = 0n }: KeyFrameRange) => packetTimestamp(packet) + (step > 0n ? step : 1n);

/**
 * Seconds before a key frame's time at which the search for it starts: in QuickTime files, key frames are looked up by
 * a time between decoding and presentation.
 */
const searchMargin = 0.5;

/** The key frames of the index, jumping from one to the next. */
async function* jumpingTo(recording: Recording, range: KeyFrameRange): AsyncGenerator<Packet> {
  const { from, until } = range;
  const end = recording.timeline.origin + recording.ticks(2 * recording.durationSeconds + 60);
  let wanted = from;
  let position = from - recording.ticks(searchMargin);
  let last: bigint | undefined;
  // For the same reason, a search that starts after a key frame may find it again; the next one then starts further on.
  let further = 0n;
  while (position + further <= end && (await seekNextKeyFrame(recording, position + further))) {
    let hasRead = false;
    for await (const packet of packetsOf(recording)) {
      hasRead = true;
      const [shown, decoded] = [packetTimestamp(packet), decodingTimestamp(packet)];
      if (last !== undefined && decoded <= last) {
        further = further === 0n ? 1n : further * 2n;
        break;
      }
      if (until !== undefined && decoded > until) return;
      last = decoded;
      position = shown + 1n;
      if (shown >= wanted) {
        yield packet;
        wanted = nextWanted(packet, range);
        position = wanted;
      }
      break;
    }
    if (!hasRead) return;
  }
}

/** Reads every packet. */
async function* readingOn(recording: Recording, range: KeyFrameRange): AsyncGenerator<Packet> {
  for await (const entry of entriesBefore(recording, range.from)) {
    await seekEntry(recording, entry);
    break;
  }
  let wanted = range.from;
  for await (const packet of packetsOf(recording)) {
    if (range.until !== undefined && decodingTimestamp(packet) > range.until) return;
    if (packetTimestamp(packet) < wanted || !isShown(recording, packet)) continue;
    const { kind } = recording.entryOf(packet);
    if (kind !== 'whole' && !(kind === 'unreadable' && packet.isKeyframe)) continue;
    yield packet;
    wanted = nextWanted(packet, range);
  }
}

/**
 * Counts key frames without decoding them, up to `atMost`. An index that lists fewer may lack some, so it is not used.
 */
export async function countKeyFrames(recording: Recording, atMost: number): Promise<number> {
  const counted = await count();
  if (counted === atMost || !recording.jumps || recording.index.isWrong) return counted;
  recording.index.isWrong = true;
  return count();

  async function count(): Promise<number> {
    let counted = 0;
    for await (const _ of keyPacketsOf(recording, { from: recording.start })) {
      counted += 1;
      if (counted === atMost) break;
    }
    return counted;
  }
}
