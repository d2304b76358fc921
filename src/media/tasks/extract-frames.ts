import sharp from 'sharp';
import type { Task } from '../../child/protocol.ts';
import { exactFrames } from '../decode/exact-frames.ts';
import { writeJpeg } from '../decode/jpeg.ts';
import { memoryFor } from '../decode/memory.ts';
import { orientationOf } from '../decode/orientation.ts';
import { partialFile } from '../decode/partial-file.ts';
import { pictureMaker } from '../decode/pictures.ts';
import { openRecording } from '../decode/recording.ts';
import { frameNotFound } from '../decode/refusals.ts';

export interface FrameRequest {
  /** Seconds since the first frame of the recording. */
  time: number;
  /** The JPEG file to write. */
  file: string;
}

export interface ExtractInput {
  path: string;
  requests: FrameRequest[];
  /** Distinguishes this attempt's unfinished files from another's. */
  attempt: string;
}

export interface ExtractedFrame {
  /** The frame's own time in seconds: at or just before the requested time. */
  time: number;
  file: string;
  width: number;
  height: number;
}

/** Seconds past the end at which a time still means the last frame. */
const pastTheEnd = 1;

/** Writes exact frames as upright full-size JPEG files; results are in the order of the requests. */
export const run: Task<ExtractInput, number, ExtractedFrame[]> = async ({ path, requests, attempt }, context) => {
  const recording = await openRecording(path, { onPacket: context.alive });
  context.needs(memoryFor(recording));
  for (const { time } of requests) {
    const within = time >= 0 && time <= recording.durationSeconds + pastTheEnd;
    if (!within) throw frameNotFound(path, time, recording.durationSeconds);
  }
  // Pictures are made one at a time and never twice; the cache sharp would keep takes dozens of megabytes at 4K.
  sharp.cache(false);
  sharp.concurrency(1);
  const pictures = pictureMaker({ orientation: orientationOf(recording.video), threads: 1 });
  const extracted: ExtractedFrame[] = [];
  let done = 0;
  const times = requests.map((request) => request.time);
  for await (const { index, time, frame } of exactFrames(recording, times)) {
    const { file } = requests[index] as FrameRequest;
    const picture = await pictures.make(frame);
    await writeJpeg(picture, file, partialFile(file, attempt));
    extracted[index] = { time, file, width: picture.width, height: picture.height };
    done += 1;
    await context.send(done / requests.length);
  }
  return extracted;
};
