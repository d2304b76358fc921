import type { Task } from '../../child/protocol.ts';
import { openDecoder } from '../decode/decoder.ts';
import { describeRecording } from '../decode/describe.ts';
import { packetsOf } from '../decode/packets.ts';
import { isCutOff, readableSeconds } from '../decode/readable.ts';
import { openRecording, type Recording } from '../decode/recording.ts';
import { damagedVideo } from '../decode/refusals.ts';
import type { RecordingInfo } from '../recording-info.ts';
import { isUnfinished } from '../unfinished.ts';

/** Packets within which a sound recording shows its first picture. */
const packetsToFirstFrame = 120;

/** Describes a recording, or refuses what is not a whole video. */
export const run: Task<{ path: string }, never, RecordingInfo> = async ({ path }) => {
  const recording = await openRecording(path);
  if (!(await showsAPicture(recording))) throw damagedVideo(path, 'no picture could be read from it');
  if (await isUnfinished(path))
    throw damagedVideo(path, 'a part of it was never written, as after a copy that broke off');
  const readable = await readableSeconds(recording);
  const promised = recording.durationSeconds;
  if (isCutOff(recording, readable)) {
    const seconds = (value: number) => value.toFixed(1);
    throw damagedVideo(path, `of ${seconds(promised)} s only the first ${seconds(readable)} s can be read`);
  }
  return describeRecording(recording, Math.max(promised, readable));
};

async function showsAPicture(recording: Recording): Promise<boolean> {
  const decoder = await openDecoder(recording);
  let read = 0;
  for await (const packet of packetsOf(recording)) {
    for await (const frame of decoder.decode(packet)) {
      frame.free();
      return true;
    }
    read += 1;
    if (read === packetsToFirstFrame) break;
  }
  for await (const frame of decoder.decode(null)) {
    frame.free();
    return true;
  }
  return false;
}
