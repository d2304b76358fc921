import type { Packet } from 'node-av/lib';
import { entriesBefore, seekEntry } from './entry-search.ts';
import { decodingTimestamp, isShown, packetsOf, packetTimestamp } from './packets.ts';
import type { Recording } from './recording.ts';
import { seekNextKeyFrame } from './source.ts';

export interface KeyFrameRange {
  /** The first is shown at or after this, in the stream's units. */
  readonly from: bigint;
  /** They are so far apart, or a little more; 0 for all of them. */
  readonly step?: bigint;
  /** What is decoded after this is not looked for. */
  readonly until?: bigint;
}

/**
 * Yields packets of pictures that a player shows and that need no other, in order of time; where the index has one and
 * its data look like no picture, that too, so that the taker learns of the damage. It is the same packet each time, with
 * new contents.
 *
 * With an index, what lies between them is not read. An index that leads to anything else is not believed again: then all
 * packets are read, and what is in them counts.
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
 * Seconds before a key frame's time at which the search for it starts: QuickTime looks for key frames by a time
 * between that of decoding and that of showing.
 */
const searchMargin = 0.5;

/** What the index has for key frames, jumping from one to the next. */
async function* jumpingTo(recording: Recording, range: KeyFrameRange): AsyncGenerator<Packet> {
  const { from, until } = range;
  const end = recording.timeline.origin + recording.ticks(2 * recording.durationSeconds + 60);
  let wanted = from;
  let position = from - recording.ticks(searchMargin);
  let last: bigint | undefined;
  // For the reason above, a search behind a key frame may lead to the same one again; then it begins further on.
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
 * Counts key frames without decoding them, up to `atMost`. Where an index has fewer, it may lack some: it is not used then.
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
