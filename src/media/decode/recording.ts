import { stat } from 'node:fs/promises';
import { AV_LOG_ERROR } from 'node-av/constants';
import { Log, type Packet } from 'node-av/lib';
import { isCutOff } from './cut-off.ts';
import { shownPartOf } from './edit-list.ts';
import { type Entry, entryReader } from './entry-point.ts';
import { openSource } from './open-source.ts';
import { nextPacket } from './packets.ts';
import { fileMissing, fileUnreadable, notAVideo } from './refusals.ts';
import { rewind, type ShownTimes, type Source } from './source.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/**
 * An opened recording: its container and its one video stream; other streams are not read. All times are on one clock:
 * seconds as a player counts them, with edit lists applied.
 */
export interface Recording extends Source {
  path: string;
  sizeBytes: number;
  hasAudio: boolean;
  timeline: Timeline;
  /** When the first picture is shown, in the stream's units. */
  start: bigint;
  /**
   * When the last picture ends, in seconds on that clock; for a recording that was cut off, what its container
   * promises.
   */
  durationSeconds: number;
  /** Whether pictures were read up to that end. */
  isWhole: boolean;
  /** What is learned about the container's index of key frames. */
  index: { isWrong: boolean };
  /** Whether decoding can begin at a packet. */
  entryOf(packet: Packet): Entry;
  /** Converts a length in seconds to the stream's units. */
  ticks(seconds: number): bigint;
  /** Converts a length in the stream's units to seconds. */
  length(ticks: bigint): number;
  /** Converts a timestamp of the stream to seconds on the clock. */
  seconds(timestamp: bigint): number;
  /** The stream's timestamp at or just before a time in seconds. */
  timestamp(seconds: number): bigint;
}

/**
 * Times are exchanged as decimal seconds; adding half a millisecond makes a time that was rounded to milliseconds still
 * find its own frame.
 */
const rounding = 0.0005;

export interface OpenOptions {
  /** The timeline of the same recording, if it was opened before. */
  readonly known?: Timeline;
  /** Called for every packet that is read. */
  readonly onPacket?: () => void;
}

/**
 * Opens a recording for reading its video stream.
 * @throws StageError FILE_MISSING, NOT_A_VIDEO or DAMAGED_VIDEO
 */
export async function openRecording(
  path: string,
  { known, onPacket = () => {} }: OpenOptions = {},
): Promise<Recording> {
  // Lines about broken data go to standard error, of which the parent process keeps the last ones.
  Log.setLevel(AV_LOG_ERROR);
  const sizeBytes = await regularFileSize(path);

  const readsAll = known?.shown !== undefined;
  let opened = await openSource(path, onPacket, { readsAll });
  const shown = known ? known.shown : await lostBeginning(path, opened.source);
  if (shown && !readsAll) {
    await opened.source.container.closeInput();
    opened = await openSource(path, onPacket, { readsAll: true });
  }
  const { hasAudio } = opened;
  const source: Source = { ...opened.source, shown };
  const { container, video, jumps: isIndexed } = source;
  const base = video.timeBase.toDouble();
  const streamLength = video.duration > 0n ? Number(video.duration) * base : 0;
  const containerLength = container.duration > 0n ? Number(container.duration) / 1e6 : 0;
  const promisedSeconds = streamLength || containerLength;
  const ticks = (seconds: number) => BigInt(Math.round(seconds / base));
  const entryOf = entryReader(video);
  const timeline = known ?? (await timelineOf(source, entryOf, { ticks, promisedSeconds }));
  const { origin, start, end } = timeline;
  const seconds = (timestamp: bigint) => Number(timestamp - origin) * base;
  const readSeconds = end === undefined ? 0 : seconds(end);
  // An index lists every picture; without one, only the promised length shows what is missing at the end.
  const isWhole = end !== undefined && (isIndexed || !isCutOff(promisedSeconds, readSeconds));
  return {
    ...source,
    path,
    sizeBytes,
    hasAudio,
    timeline,
    start,
    durationSeconds: isWhole ? readSeconds : promisedSeconds,
    isWhole,
    index: { isWrong: false },
    entryOf,
    ticks,
    length: (length) => Number(length) * base,
    seconds,
    timestamp: (at) => BigInt(Math.floor((at + rounding) / base)) + origin,
  };
}

/**
 * FFmpeg leaves out what an edit list cuts off before the last picture that is marked as a key frame. If that picture
 * is not a key frame, the first pictures shown need what was left out: the program then applies the list itself, if it
 * has a single part.
 */
async function lostBeginning(path: string, source: Source): Promise<ShownTimes | undefined> {
  if (!source.jumps) return undefined;
  await rewind(source);
  const first = await nextPacket(source, entryReader(source.video));
  if (first?.kind !== 'dependent') return undefined;
  const part = await shownPartOf(path, source.video.id);
  if (!part) return undefined;
  const base = source.video.timeBase.toDouble();
  const ticks = (seconds: number) => BigInt(Math.round(seconds / base));
  return { from: ticks(part.from), until: ticks(part.until) };
}

async function regularFileSize(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw fileMissing(path, error);
    throw fileUnreadable(path, error.message);
  });
  if (!found.isFile()) throw notAVideo(path, 'it is a folder or a device');
  if (found.size === 0) throw notAVideo(path, 'the file is empty');
  return found.size;
}
