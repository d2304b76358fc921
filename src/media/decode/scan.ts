import type { Frame } from 'node-av/lib';
import { type Decoder, frameTimestamp, mostHeldBack } from './decoder.ts';
import { entriesBefore, seekEntry } from './entry-search.ts';
import { keyPacketsOf } from './key-frames.ts';
import { decodingTimestamp, isShown, packetsOf, packetTimestamp } from './packets.ts';
import type { Recording } from './recording.ts';
import type { ScanPlan } from './scan-plan.ts';

export interface TimedFrame {
  /** Seconds since the first frame of the recording. */
  time: number;
  /** The caller frees it. */
  frame: Frame;
}

export interface ScanEvents {
  /** Called for every wanted frame that cannot be shown whole; seconds since the first frame of the recording. */
  onBroken(time: number): void;
}

/** A stretch between two timestamps in the stream's units. */
interface Gap {
  start: bigint;
  end: bigint;
  /** Whether the frame at its start is still wanted, because it is not a key frame. */
  fromStart: boolean;
  /** Whether the key frame at its start could not be decoded. */
  isStartBroken: boolean;
}

/**
 * Yields frames of the whole recording in order of time: its key frames, thinned out where they are dense, and frames
 * between them where they are too far apart.
 */
export async function* scanFrames(
  recording: Recording,
  decoder: Decoder,
  plan: ScanPlan,
  events: ScanEvents,
): AsyncGenerator<TimedFrame> {
  let isBarren = false;
  for (let from = recording.start; ; ) {
    const gap: Gap | undefined = yield* keyFramesUntilGap(recording, decoder, plan, from, events);
    if (!gap) return;
    // If the previous stretch gave nothing either, decoding would begin just as far back, again in vain.
    if (!isBarren || !gap.isStartBroken) isBarren = !(yield* fillGap(recording, decoder, plan, gap, events));
    if (gap.end <= from) return;
    from = gap.end;
  }
}

async function* keyFramesUntilGap(
  recording: Recording,
  decoder: Decoder,
  plan: ScanPlan,
  from: bigint,
  { onBroken }: ScanEvents,
): AsyncGenerator<TimedFrame, Gap | undefined> {
  decoder.reset();
  const longest = recording.ticks(plan.longestGap);
  const end = recording.timeline.origin + recording.ticks(recording.durationSeconds);
  const undecoded = new Set<bigint>();
  let gap: Pick<Gap, 'start' | 'end' | 'fromStart'> | undefined;
  let previous = from;
  let fromStart = true;

  async function* wholeFrames(frames: AsyncIterable<Frame>): AsyncGenerator<TimedFrame> {
    for await (const frame of frames) {
      if (frame.decodeErrorFlags !== 0) {
        frame.free();
        continue;
      }
      undecoded.delete(frameTimestamp(frame));
      yield timed(recording, frame);
    }
  }

  for await (const packet of keyPacketsOf(recording, { from, step: recording.ticks(plan.spacing) })) {
    const shown = packetTimestamp(packet);
    if (shown - previous > longest) {
      gap = { start: previous, end: shown, fromStart };
      break;
    }
    previous = shown;
    fromStart = false;
    undecoded.add(shown);
    yield* wholeFrames(decoder.decode(packet));
  }
  yield* wholeFrames(decoder.decode(null));
  for (const timestamp of undecoded) onBroken(recording.seconds(timestamp));
  gap ??= end - previous > longest ? { start: previous, end, fromStart } : undefined;
  return gap && { ...gap, isStartBroken: undecoded.has(gap.start) };
}

/** Seconds by which sums of frame times may be inexact. */
const tolerance = 0.001;

async function* fillGap(
  recording: Recording,
  decoder: Decoder,
  plan: ScanPlan,
  gap: Gap,
  { onBroken }: ScanEvents,
): AsyncGenerator<TimedFrame, boolean> {
  let hasAny = false;
  let wanted = recording.seconds(gap.start) + (gap.fromStart ? 0 : plan.fillSpacing);
  const last = recording.seconds(gap.end) - plan.fillSpacing / 2;
  const undecoded = new Set<bigint>();

  async function* wantedOf(frames: AsyncIterable<Frame>): AsyncGenerator<TimedFrame, boolean> {
    for await (const decoded of frames) {
      const { time, frame } = timed(recording, decoded);
      undecoded.delete(frameTimestamp(frame));
      const isWhole = frame.decodeErrorFlags === 0;
      const isWanted = time >= wanted - tolerance && time < last;
      if (isWanted && !isWhole) onBroken(time);
      if (isWanted && isWhole) {
        hasAny = true;
        wanted = Math.max(wanted + plan.fillSpacing, time + plan.fillSpacing / 2);
        yield { time, frame };
      } else {
        frame.free();
      }
      if (time >= last) return false;
    }
    return true;
  }

  for await (const entry of entriesBefore(recording, gap.start)) {
    decoder.reset();
    await seekEntry(recording, entry);
    break;
  }
  yield* decodeGap();
  for (const timestamp of undecoded) onBroken(recording.seconds(timestamp));
  return hasAny;

  async function* decodeGap(): AsyncGenerator<TimedFrame> {
    let beyond = 0;
    for await (const packet of packetsOf(recording)) {
      const shown = packetTimestamp(packet);
      if (isShown(recording, packet) && shown >= gap.start && recording.seconds(shown) < last) undecoded.add(shown);
      if (decodingTimestamp(packet) > gap.end) beyond += 1;
      if (!(yield* wantedOf(decoder.decode(packet))) || beyond > mostHeldBack) return;
    }
    yield* wantedOf(decoder.decode(null));
  }
}

const timed = (recording: Recording, frame: Frame): TimedFrame => ({
  time: recording.seconds(frameTimestamp(frame)),
  frame,
});
