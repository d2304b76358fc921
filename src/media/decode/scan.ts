import type { Frame } from 'node-av/lib';
import { type Decoder, frameTimestamp } from './decoder.ts';
import { keyPacketsOf, packetsOf, packetTimestamp, seekKeyFrame } from './packets.ts';
import type { Recording } from './recording.ts';
import type { ScanPlan } from './scan-plan.ts';

export interface TimedFrame {
  /** Seconds since the first frame of the recording. */
  time: number;
  /** The taker frees it. */
  frame: Frame;
}

/** A stretch between two timestamps in the stream's units. */
interface Gap {
  start: bigint;
  end: bigint;
}

/**
 * Yields frames of the whole recording in order of time: its key frames, thinned out where they are dense,
 * and others between them where they are too far apart. `onPacket` is called for every packet that is decoded.
 */
export async function* scanFrames(
  recording: Recording,
  decoder: Decoder,
  plan: ScanPlan,
  onPacket: () => void,
): AsyncGenerator<TimedFrame> {
  for (let from = recording.start; ; ) {
    const gap: Gap | undefined = yield* keyFramesUntilGap(recording, decoder, plan, from, onPacket);
    if (!gap) return;
    yield* fillGap(recording, decoder, plan, gap, onPacket);
    from = gap.end;
  }
}

/** Counts key frames without decoding them, up to `atMost`. */
export async function countKeyFrames(recording: Recording, atMost: number): Promise<number> {
  let counted = 0;
  for await (const _ of keyPacketsOf(recording, recording.start, 0n)) {
    counted += 1;
    if (counted === atMost) break;
  }
  return counted;
}

async function* keyFramesUntilGap(
  recording: Recording,
  decoder: Decoder,
  plan: ScanPlan,
  from: bigint,
  onPacket: () => void,
): AsyncGenerator<TimedFrame, Gap | undefined> {
  decoder.reset();
  const longest = recording.ticks(plan.longestGap);
  const end = recording.start + recording.ticks(recording.durationSeconds);
  let gap: Gap | undefined;
  let previous = from;
  for await (const packet of keyPacketsOf(recording, from, recording.ticks(plan.spacing))) {
    const shown = packetTimestamp(packet);
    if (shown - previous > longest) {
      gap = { start: previous, end: shown };
      break;
    }
    previous = shown;
    onPacket();
    yield* wholeFrames(recording, decoder.decode(packet));
  }
  yield* wholeFrames(recording, decoder.decode(null));
  return gap ?? (end - previous > longest ? { start: previous, end } : undefined);
}

/** Seconds by which sums of frame times may be off. */
const tolerance = 0.001;

async function* fillGap(
  recording: Recording,
  decoder: Decoder,
  plan: ScanPlan,
  gap: Gap,
  onPacket: () => void,
): AsyncGenerator<TimedFrame> {
  decoder.reset();
  await seekKeyFrame(recording, gap.start);
  let wanted = recording.seconds(gap.start) + plan.fillSpacing;
  const last = recording.seconds(gap.end) - plan.fillSpacing / 2;

  async function* wantedOf(frames: AsyncIterable<TimedFrame>): AsyncGenerator<TimedFrame, boolean> {
    for await (const { time, frame } of frames) {
      if (time >= last) {
        frame.free();
        return false;
      }
      if (time < wanted - tolerance) {
        frame.free();
        continue;
      }
      wanted = Math.max(wanted + plan.fillSpacing, time + plan.fillSpacing / 2);
      yield { time, frame };
    }
    return true;
  }

  for await (const packet of packetsOf(recording)) {
    onPacket();
    if (!(yield* wantedOf(wholeFrames(recording, decoder.decode(packet))))) return;
  }
  yield* wantedOf(wholeFrames(recording, decoder.decode(null)));
}

/** Leaves out frames that the decoder had to patch. */
async function* wholeFrames(recording: Recording, frames: AsyncIterable<Frame>): AsyncGenerator<TimedFrame> {
  for await (const frame of frames) {
    if (frame.decodeErrorFlags !== 0) frame.free();
    else yield { time: recording.seconds(frameTimestamp(frame)), frame };
  }
}
