import type { Frame } from 'node-av/lib';
import { frameTimestamp, openDecoder } from './decoder.ts';
import { Pass } from './pass.ts';
import { openRecording, type Recording } from './recording.ts';
import { unreadableVideo } from './refusals.ts';

export interface ExactFrame {
  /** Index of the wanted time it is for. */
  index: number;
  /** The frame's own time in seconds. */
  time: number;
  /** Valid until the next frame is requested. */
  frame: Frame;
}

/**
 * Yields the last frame at or before each wanted time in seconds, earliest first. Neighbours share one pass: the reader
 * seeks only if a key frame lies between it and the next wanted time.
 * @throws StageError DAMAGED_VIDEO if nothing can be decoded there
 */
export async function* exactFrames(recording: Recording, times: number[]): AsyncGenerator<ExactFrame> {
  const order = times.map((time, index) => ({ index, target: recording.timestamp(time) }));
  order.sort((a, b) => (a.target < b.target ? -1 : a.target > b.target ? 1 : a.index - b.index));
  // A second reader looks for key frames, so that the first keeps its position.
  const scout = await openRecording(recording.path, { known: recording.timeline, onPacket: recording.onPacket });
  const pass = new Pass({ recording, scout, decoder: await openDecoder(recording) });
  try {
    for (const { index, target } of order) {
      const frame = await pass.frameAt(target);
      if (!frame) throw unreadableVideo(recording.path, `no picture could be read at ${times[index]} s`);
      yield { index, time: recording.seconds(frameTimestamp(frame)), frame };
    }
  } finally {
    await pass.close();
    await scout.container.closeInput();
  }
}
