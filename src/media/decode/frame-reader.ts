import { availableParallelism } from 'node:os';
import type { Frame, Packet } from 'node-av/lib';
import type { Span } from '../frames/wire.ts';
import { keyFramesAround, previousShown } from './around.ts';
import { type Decoder, frameTimestamp, openDecoder } from './decoder.ts';
import { type EntryPoint, seekEntry } from './entry-search.ts';
import { orientationOf } from './orientation.ts';
import { decodingTimestamp, packetsOf } from './packets.ts';
import { Pass } from './pass.ts';
import { openRecording, type Recording } from './recording.ts';
import { frameNotFound, unreadableVideo } from './refusals.ts';
import { Trail } from './trail.ts';

export interface FoundFrame {
  /** The caller frees it. */
  frame: Frame;
  /** Seconds since the first frame of the recording. */
  time: number;
  isKeyFrame: boolean;
  previousTime?: number | undefined;
  nextTime?: number | undefined;
  span: Span;
}

/** Each thread keeps large frames of its own. */
const mostThreads = 4;
/** Seconds past the end at which a time still means the last frame. */
const pastTheEnd = 1;
/** How many seconds of frames before the requested one are kept for steps back, and in how many bytes. */
const trailSeconds = 1.5;
const trailBytes = 96 * 1024 ** 2;

/**
 * Shows any moments of one recording and keeps its position between them: a frame slightly later is decoded from where
 * the last one was. Key frames have their own reader and decoder, so that one may be requested while an exact frame is
 * being decoded.
 */
export class FrameReader {
  readonly #recording: Recording;
  /** Finds key frames, so that the other reader keeps its position. */
  readonly #scout: Recording;
  readonly #keyDecoder: Decoder;
  readonly #pass: Pass;
  readonly #trail: Trail;

  /** @throws StageError FILE_MISSING, NOT_A_VIDEO or DAMAGED_VIDEO */
  static async open(path: string, onPacket: () => void): Promise<FrameReader> {
    const recording = await openRecording(path, { onPacket });
    const scout = await openRecording(path, { known: recording.timeline, onPacket });
    const decoder = await openDecoder(recording, { threads: Math.min(mostThreads, availableParallelism()) });
    return new FrameReader(recording, scout, decoder, await openDecoder(scout, { threads: 1 }));
  }

  private constructor(recording: Recording, scout: Recording, decoder: Decoder, keyDecoder: Decoder) {
    this.#recording = recording;
    this.#scout = scout;
    this.#keyDecoder = keyDecoder;
    this.#trail = new Trail(trailBytes, orientationOf(recording.video));
    const letGo = (frame: Frame, next: Frame) =>
      this.#pass.isWholeFrom(frame) ? this.#trail.keep(frame, next) : frame.free();
    this.#pass = new Pass({ recording, scout, decoder, letGo });
  }

  get recording(): Recording {
    return this.#recording;
  }

  /**
   * The last frame at or before a time in seconds.
   * @param width how wide the picture will be: frames on the way are kept for pictures of that width
   * @param isWanted asked before each frame on the way; if false, it gives up and returns undefined
   * @throws StageError FRAME_NOT_FOUND or DAMAGED_VIDEO
   */
  async exact(time: number, width: number, isWanted: () => Promise<boolean>): Promise<FoundFrame | undefined> {
    const target = this.#targetOf(time);
    const kept = this.#trail.at(target, width);
    if (kept) return this.#exactly(time, kept.frame, kept.shown, kept.until);

    this.#trail.aim(target - this.#recording.ticks(trailSeconds), width);
    let isStopped = false;
    const frame = await this.#pass.frameAt(target, async () => {
      isStopped = !(await isWanted());
      return !isStopped;
    });
    if (isStopped) return undefined;
    if (!frame) throw this.#unreadableAt(time);
    const next = this.#pass.next && frameTimestamp(this.#pass.next);
    return this.#exactly(time, frame, frameTimestamp(frame), next);
  }

  /**
   * The key frame nearest to a time in seconds; if none can be shown by itself, the frame at or before the time.
   * @throws StageError FRAME_NOT_FOUND or DAMAGED_VIDEO
   */
  async nearestKey(time: number): Promise<FoundFrame> {
    const target = this.#targetOf(time);
    const { before, after, until: lookedTo } = await keyFramesAround(this.#scout, target);
    try {
      const middle = before && after ? (before.shown + after.shown) / 2n : undefined;
      const isLater = after !== undefined && (middle === undefined || target >= middle);
      const seconds = (timestamp: bigint) => this.#recording.seconds(timestamp);
      for (const which of isLater ? (['after', 'before'] as const) : (['before', 'after'] as const)) {
        const key = which === 'after' ? after : before;
        const frame = key && (await this.#decodeKeyFrame(which === 'after' ? after : before));
        if (!key || !frame) continue;
        const from = which === 'before' || middle === undefined ? key.shown : middle;
        const until = which === 'after' ? key.shown : (middle ?? later(target + 1n, (key.shown + lookedTo) / 2n));
        const span = including(time, { from: seconds(from), until: Math.min(seconds(until), this.#end) });
        return { frame, time: seconds(key.shown), isKeyFrame: true, span };
      }
    } finally {
      after?.packet.free();
    }
    return this.#decodedAlone(time, target);
  }

  get #end(): number {
    return this.#recording.durationSeconds + pastTheEnd;
  }

  #targetOf(time: number): bigint {
    const isWithin = time >= 0 && time <= this.#end;
    if (!isWithin) throw frameNotFound(this.#recording.path, time, this.#recording.durationSeconds);
    return this.#recording.timestamp(time);
  }

  #unreadableAt(time: number): Error {
    return unreadableVideo(this.#recording.path, `no picture could be read at ${time} s`);
  }

  async #exactly(asked: number, frame: Frame, shown: bigint, next: bigint | undefined): Promise<FoundFrame> {
    const previous = await previousShown(this.#scout, shown);
    const seconds = (timestamp: bigint | undefined) =>
      timestamp === undefined ? undefined : this.#recording.seconds(timestamp);
    const own = frame.clone();
    if (!own) throw new Error('there is no memory for a frame');
    const time = this.#recording.seconds(shown);
    return {
      frame: own,
      time,
      isKeyFrame: frame.keyFrame === 1,
      previousTime: seconds(previous),
      nextTime: seconds(next),
      span: including(asked, { from: time, until: seconds(next) ?? this.#end }),
    };
  }

  async #decodeKeyFrame(key: EntryPoint | { packet: Packet; shown: bigint } | undefined): Promise<Frame | undefined> {
    if (!key) return undefined;
    const frame = 'packet' in key ? await this.#decodeOnly(key.packet) : await this.#decodeAt(key);
    if (!frame || frameTimestamp(frame) === key.shown) return frame;
    frame.free();
    return undefined;
  }

  async #decodeAt(entry: EntryPoint): Promise<Frame | undefined> {
    await seekEntry(this.#scout, entry);
    for await (const packet of packetsOf(this.#scout)) {
      // Awaited here: the packet is valid only within the loop.
      if (decodingTimestamp(packet) === entry.decoded) return await this.#decodeOnly(packet);
      if (decodingTimestamp(packet) > entry.decoded) break;
    }
    return undefined;
  }

  async #decodeOnly(packet: Packet): Promise<Frame | undefined> {
    this.#keyDecoder.reset();
    return (await firstOf(this.#keyDecoder.decode(packet))) ?? (await firstOf(this.#keyDecoder.decode(null)));
  }

  /** The frame at or before a moment, found without moving the pass. */
  async #decodedAlone(time: number, target: bigint): Promise<FoundFrame> {
    const pass = new Pass({ recording: this.#scout, scout: this.#scout, decoder: this.#keyDecoder });
    try {
      const frame = (await pass.frameAt(target))?.clone();
      if (!frame) throw this.#unreadableAt(time);
      const shown = this.#recording.seconds(frameTimestamp(frame));
      const until = pass.next ? this.#recording.seconds(frameTimestamp(pass.next)) : this.#end;
      return { frame, time: shown, isKeyFrame: frame.keyFrame === 1, span: including(time, { from: shown, until }) };
    } finally {
      await pass.close();
    }
  }
}

async function firstOf(frames: AsyncGenerator<Frame>): Promise<Frame | undefined> {
  for await (const frame of frames) return frame;
  return undefined;
}

/** A frame that stands in for others, at the beginning or next to damage, is also right for the requested time. */
const including = (time: number, { from, until }: Span): Span => ({ from: Math.min(from, time), until });

const later = (one: bigint, other: bigint) => (one > other ? one : other);
