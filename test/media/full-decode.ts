import { Decoder, Demuxer, FilterAPI } from 'node-av/api';
import type { Trait } from './traits.ts';

export interface PlayedFrame {
  /** Seconds as a player counts them. */
  readonly time: number;
  readonly width: number;
  readonly height: number;
  /** RGB, `height × width × 3` bytes. */
  readonly data: Buffer;
}

/**
 * All pictures of a recording that a player shows, decoded from the first packet to the last by FFmpeg alone through
 * one plain filter graph, without any part of the program.
 * @param filters what a player would do to each picture
 * @param trait `isStream`: a player counts from where the container begins, as with MPEG-TS; `shown`: everything stored
 *   is decoded, but a player shows only pictures within these seconds
 */
export async function fullDecode(
  file: string,
  filters: string,
  { isStream = false, shown }: Pick<Trait, 'isStream' | 'shown'> = {},
): Promise<PlayedFrame[]> {
  const options = shown && { options: { advanced_editlist: '0' } };
  await using demuxer = await Demuxer.open(file, { copyTs: true, ...options });
  const stream = demuxer.video();
  if (!stream) throw new Error(`${file} has no video`);
  using decoder = await Decoder.create(stream, { threadCount: 1 });
  using filter = FilterAPI.create(`${filters},format=rgb24`);
  const origin = isStream ? Number(demuxer.getFormatContext().startTime) / 1e6 : 0;
  const played: PlayedFrame[] = [];
  for await (const frame of filter.frames(decoder.frames(demuxer.packets(stream.index)))) {
    if (!frame) continue;
    const { num, den } = frame.timeBase;
    const time = (Number(frame.pts) * num) / den - origin;
    const isPlayed = !shown || (time > shown.from - 0.001 && time < shown.until - 0.001);
    if (isPlayed) played.push({ time, width: frame.width, height: frame.height, data: Buffer.from(frame.toBuffer()) });
    frame.free();
  }
  return played;
}

/** The picture shown at a time: the last one at or before it, or else the very first. */
export function playedAt(played: readonly PlayedFrame[], time: number): PlayedFrame {
  const found = played.findLast((frame) => frame.time <= time + 0.0005) ?? played[0];
  if (!found) throw new Error('nothing is shown');
  return found;
}
