import { AVSEEK_FLAG_ANY, AVSEEK_FLAG_BACKWARD, AVSEEK_FLAG_BYTE } from 'node-av/constants';
import type { FormatContext, Stream } from 'node-av/lib';

/** A range of timestamps, without `until` itself. */
export interface ShownTimes {
  readonly from: bigint;
  readonly until: bigint;
}

/** An opened container and its one video stream. */
export interface Source {
  container: FormatContext;
  video: Stream;
  /** Whether the container has an index by which the reader can jump; others are read packet by packet. */
  jumps: boolean;
  /** Whether it is a stream without any index, whose times begin anywhere: MPEG-TS, MPEG-PS. */
  isStream: boolean;
  /**
   * If the program applies the edit list itself: the time, in the stream's units, within which a player shows pictures.
   * Otherwise FFmpeg marks the packets that a player does not show.
   */
  shown: ShownTimes | undefined;
  /** Called for every packet that is read, as a sign of life. */
  onPacket(): void;
}

/** Places the reader on the first key frame of the index at or after a timestamp; false if there is none. */
export async function seekNextKeyFrame({ container, video }: Source, timestamp: bigint): Promise<boolean> {
  return (await container.seekFrame(video.index, timestamp)) >= 0;
}

/** Places the reader on the last key frame of the index at or before a timestamp; false if it cannot. */
export async function seekKeyFrame({ container, video }: Source, timestamp: bigint): Promise<boolean> {
  return (await container.seekFrame(video.index, timestamp, AVSEEK_FLAG_BACKWARD)) >= 0;
}

/** Places the reader on a packet at or before a timestamp, even one that cannot be decoded by itself. */
export async function seekPacket({ container, video }: Source, timestamp: bigint): Promise<boolean> {
  const flags = (AVSEEK_FLAG_BACKWARD | AVSEEK_FLAG_ANY) as typeof AVSEEK_FLAG_ANY;
  return (await container.seekFrame(video.index, timestamp, flags)) >= 0;
}

/** Places the reader on the first packet. */
export async function rewind(source: Source): Promise<void> {
  const { container, video, isStream } = source;
  if (isStream && (await container.seekFrame(-1, 0n, AVSEEK_FLAG_BYTE)) >= 0) return;
  // A time before the first packet of any recording. In an index without key frames, this finds nothing.
  if (await seekPacket(source, -farAway)) return;
  if ((await container.seekFrame(video.index, -farAway, AVSEEK_FLAG_ANY)) >= 0) return;
  await container.seekFrame(video.index, 0n, AVSEEK_FLAG_BACKWARD);
}

/** A timestamp beyond the end of any recording: 12 days at a million units a second. */
export const farAway = 2n ** 40n;
