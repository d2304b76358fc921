import { open, stat } from 'node:fs/promises';
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_LOG_ERROR,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import { Dictionary, FFmpegError, FormatContext, Log, type Packet, type Stream } from 'node-av/lib';
import { isCutOff } from './cut-off.ts';
import { type Entry, entryReader } from './entry-point.ts';
import { damagedVideo, fileMissing, fileUnreadable, notAVideo, unreadableVideo } from './refusals.ts';
import type { Source } from './source.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/**
 * An opened recording: its container and its one video stream; every other stream is left unread. There is one clock for
 * all that is read of it: seconds as a player counts them, after edit lists.
 */
export interface Recording extends Source {
  path: string;
  sizeBytes: number;
  hasAudio: boolean;
  timeline: Timeline;
  /** When the first picture is shown, in the stream's units. */
  start: bigint;
  /** When the last picture ends, in seconds of the clock; of a recording that was cut off, what its container promises. */
  durationSeconds: number;
  /** Whether pictures were read up to that end. */
  isWhole: boolean;
  /** What is learned of the container's index of key frames. */
  index: { isWrong: boolean };
  /** Whether decoding can begin at a packet. */
  entryOf(packet: Packet): Entry;
  /** A length in seconds in the stream's units. */
  ticks(seconds: number): bigint;
  /** The length in seconds of a number of the stream's units. */
  length(ticks: bigint): number;
  /** Seconds of the clock, of a timestamp in the stream's units. */
  seconds(timestamp: bigint): number;
  /** The stream's timestamp at or just before a time in seconds. */
  timestamp(seconds: number): bigint;
}

// Lists and scripts (HLS, concat, …) would make FFmpeg open other files than the one it was given.
const containers = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg';

/** Times are exchanged as decimal seconds; half a millisecond makes one rounded to milliseconds name its own frame. */
const rounding = 0.0005;

export interface OpenOptions {
  /** Of the same recording, when it was opened before. */
  readonly known?: Timeline;
  /** Called for every packet that is read of it. */
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
  // Lines about broken data go to standard error, where the parent keeps the last of them.
  Log.setLevel(AV_LOG_ERROR);
  const sizeBytes = await regularFileSize(path);

  const container = new FormatContext();
  // Without the prefix a colon in the name reads as a protocol.
  const options = Dictionary.fromObject({ format_whitelist: containers, protocol_whitelist: 'file' });
  const opened = await container.openInput(`file:${path}`, null, options);
  if (opened < 0) throw await refusedContainer(path, opened);
  const inspected = await container.findStreamInfo(null);
  if (inspected < 0) throw unreadableVideo(path, `its streams cannot be read (${FFmpegError.strerror(inspected)})`);

  const { video, hasAudio } = chooseStreams(path, container);
  const name = container.iformat?.name ?? '';
  const isIndexed = name.startsWith('mov') && video.nbFrames > 0n;
  const source: Source = { container, video, jumps: isIndexed, isStream: name.startsWith('mpeg'), onPacket };
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
  // An index knows every picture; where there is none, only the promise tells what is missing at the end.
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

async function regularFileSize(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw fileMissing(path, error);
    throw fileUnreadable(path, error.message);
  });
  if (!found.isFile()) throw notAVideo(path, 'it is a folder or a device');
  if (found.size === 0) throw notAVideo(path, 'the file is empty');
  return found.size;
}

function chooseStreams(path: string, container: FormatContext): { video: Stream; hasAudio: boolean } {
  const index = container.findBestStream(AVMEDIA_TYPE_VIDEO);
  const video = index < 0 ? undefined : container.streams[index];
  const others = container.streams.filter((stream) => stream.index !== index);
  const hasAudio = others.some((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_AUDIO);
  if (!video || (video.disposition & AV_DISPOSITION_ATTACHED_PIC) !== 0) {
    throw notAVideo(path, hasAudio ? 'it holds sound only' : 'it holds no video stream');
  }
  if (video.nbFrames === 1n) throw notAVideo(path, 'it holds a single still image');
  if (video.codecpar.width <= 0 || video.codecpar.height <= 0) {
    throw unreadableVideo(path, 'no picture could be read from it');
  }
  for (const stream of others) stream.discard = AVDISCARD_ALL;
  return { video, hasAudio };
}

/** A QuickTime file starts with one of these atoms; when FFmpeg then finds no movie in it, the end is missing. */
const quickTimeAtoms = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

async function refusedContainer(path: string, code: number): Promise<Error> {
  const reason = FFmpegError.strerror(code);
  if (/permission/i.test(reason)) return fileUnreadable(path, reason);
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    if (quickTimeAtoms.has(buffer.toString('latin1', 4, 8))) {
      return damagedVideo(path, 'its index (the moov atom) is missing, as after a copy that broke off');
    }
  } finally {
    await file.close();
  }
  return notAVideo(path, 'its contents are in no video format this program knows');
}
