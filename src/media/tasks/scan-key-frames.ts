import type { Task } from '../../child/protocol.ts';
import { openDecoder } from '../decode/decoder.ts';
import { countKeyFrames } from '../decode/key-frames.ts';
import { memoryFor } from '../decode/memory.ts';
import { orientationOf } from '../decode/orientation.ts';
import { pictureMaker } from '../decode/pictures.ts';
import { type CutOff, cutOffOf } from '../decode/readable.ts';
import { openRecording } from '../decode/recording.ts';
import { unreadableVideo } from '../decode/refusals.ts';
import { scanFrames } from '../decode/scan.ts';
import { keyFramesCounted, planScan } from '../decode/scan-plan.ts';

export interface ScanInput {
  path: string;
  /** Width of the upright frames in pixels. */
  width: number;
  /** Most frames to give. */
  maximumFrames: number;
}

/** A small upright picture of a moment. */
export interface ScanFrame {
  /** Seconds since the first frame of the recording. */
  time: number;
  width: number;
  height: number;
  /** RGB, 8 bits each, `height × width × 3` bytes. */
  data: Uint8Array;
}

export interface ScanMessage {
  /** Share of the recording that has been scanned, 0..1. */
  fraction: number;
  frame: ScanFrame;
}

export interface ScanResult {
  frames: number;
  /** Time of the last frame in seconds. */
  lastTime: number;
  /** If the recording was cut off: the seconds that can be read, and those that its container promises. */
  cutOff?: CutOff;
  /** The times, in seconds, between which damaged frames were left out; there may be intact ones between them. */
  damaged?: { from: number; to: number };
}

/** Scans a recording once and sends its frames in order of time. */
export const run: Task<ScanInput, ScanMessage, ScanResult> = async ({ path, width, maximumFrames }, context) => {
  const recording = await openRecording(path, { onPacket: context.alive });
  context.needs(memoryFor(recording));
  const plan = planScan(recording.durationSeconds, await countKeyFrames(recording, keyFramesCounted), maximumFrames);
  const result: ScanResult = { frames: 0, lastTime: 0 };
  const cutOff = await cutOffOf(recording);
  if (cutOff) result.cutOff = cutOff;
  const pictures = pictureMaker({ orientation: orientationOf(recording.video), width, threads: 1 });
  const decoder = await openDecoder(recording, { rough: true });
  const events = {
    onBroken(time: number) {
      const { from, to } = result.damaged ?? { from: time, to: time };
      result.damaged = { from: Math.min(from, time), to: Math.max(to, time) };
    },
  };
  for await (const { time, frame } of scanFrames(recording, decoder, plan, events)) {
    const picture = await pictures.make(frame);
    frame.free();
    const fraction = Math.min(1, Math.max(0, time / recording.durationSeconds));
    await context.send({ fraction, frame: { time, ...picture } });
    result.frames += 1;
    result.lastTime = time;
  }
  if (result.frames === 0) throw unreadableVideo(path, 'no picture could be read from it');
  return result;
};
