import type { Task } from '../../child/protocol.ts';
import { openDecoder } from '../decode/decoder.ts';
import { describeRecording } from '../decode/describe.ts';
import { memoryFor } from '../decode/memory.ts';
import { Pass } from '../decode/pass.ts';
import { cutOffOf } from '../decode/readable.ts';
import { requireReadableEnd } from '../decode/readable-end.ts';
import { openRecording } from '../decode/recording.ts';
import { damagedVideo, unreadableVideo } from '../decode/refusals.ts';
import type { RecordingInfo } from '../recording-info.ts';
import { isUnfinished } from '../unfinished.ts';

export interface ProbeInput {
  path: string;
  /** Whether the last pictures are decoded too. */
  decodesEnd: boolean;
}

/** Describes a recording, or refuses one that is not a complete video. Sends the description before it decodes the end. */
export const run: Task<ProbeInput, RecordingInfo, RecordingInfo> = async ({ path, decodesEnd }, context) => {
  const recording = await openRecording(path, { onPacket: context.alive });
  context.needs(memoryFor(recording));
  const decoder = await openDecoder(recording);
  const pass = new Pass({ recording, scout: recording, decoder });
  const picture = await pass.frameAt(recording.start);
  if (!picture) throw unreadableVideo(path, 'no picture could be read from it');
  const info = describeRecording(recording, picture);
  await pass.close();
  if (await isUnfinished(path)) {
    throw damagedVideo(path, 'a part of it was never written, as after a copy that broke off');
  }
  const cutOff = await cutOffOf(recording);
  if (cutOff) {
    const [promised, readable] = [cutOff.promised, cutOff.readable].map((seconds) => seconds.toFixed(1));
    throw damagedVideo(path, `of ${promised} s only the first ${readable} s can be read`);
  }
  if (decodesEnd) {
    await context.send(info);
    await requireReadableEnd(recording, decoder);
  }
  return info;
};
