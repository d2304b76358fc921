import { availableParallelism } from 'node:os';
import type { Frame } from 'node-av/lib';
import type { Span } from '../frames/wire.ts';
import { keyFramesAround, previousShown } from './around.ts';
import { type Decoder, frameTimestamp, openDecoder } from './decoder.ts';
import { keyFrameBefore, Pass } from './exact-frames.ts';
import { orientationOf } from './orientation.ts';
import { packetsOf, packetTimestamp, seekKeyFrame } from './packets.ts';
import { openRecording, type Recording } from './recording.ts';
import { damagedVideo, frameNotFound } from './refusals.ts';
import { Trail } from './trail.ts';

export interface FoundFrame {
  /** The taker frees it. */
  frame: Frame;
  /** Seconds since the first frame of the recording. */
  time: number;
  isKeyFrame: boolean;
  previousTime?: number | undefined;
  nextTime?: number | undefined;
  span: Span;
}

/** Each keeps large frames of its own. */
const mostThreads = 4;
/** Seconds past the end at which a time still means the last frame. */
const pastTheEnd = 1;
/** Seconds before a frame of which the frames are kept for steps back, and the bytes for them. */
const trailSeconds = 1.5;
const trailBytes = 96 * 1024 ** 2;
/**
 * The last part of the way to a frame is decoded whole, for steps back; before it, frames that no other needs are left
 * out. At least so many seconds, because a frame may be shown for longer than others.
 */
const wholePart = 1 / 8;
const wholeSeconds = 0.12;
/** Packets in which a key frame must come after seeking to it. */
const packetsToKeyFrame = 16;

/**
 * Looks at any moments of one recording, keeping its place between them: what comes a little later is decoded from
 * where the last one was. Key frames have a reader and a decoder of their own, so that one may be asked for while an
 * exact frame is under way.
 */
export class FrameReader {
  readonly #recording: Recording;
  /** Finds key frames, so that the other reader keeps its place. */
  readonly #scout: Recording;
  readonly #keyDecoder: Decoder;
  readonly #pass: Pass;
  readonly #trail: Trail;

  /** @throws StageError FILE_MISSING, NOT_A_VIDEO or DAMAGED_VIDEO */
  static async open(path: string, onPacket: () => void): Promise<FrameReader> {
    const recording = await openRecording(path);
    const scout = await openRecording(path);
    const decoder = await openDecoder(recording, { threads: Math.min(mostThreads, availableParallelism()) });
    return new FrameReader(recording, scout, decoder, await openDecoder(scout, { threads: 1 }), onPacket);
  }

  private constructor(
    recording: Recording,
    scout: Recording,
    decoder: Decoder,
    keyDecoder: Decoder,
    onPacket: () => void,
  ) {
    this.#recording = recording;
    this.#scout = scout;
    this.#keyDecoder = keyDecoder;
    this.#trail = new Trail(trailBytes, orientationOf(recording.video));
    this.#pass = new Pass(recording, decoder, onPacket, (frame, next) =>
      this.#pass.isWholeFrom(frame) ? this.#trail.keep(frame, next) : frame.free(),
    );
  }

  get recording(): Recording {
    return this.#recording;
  }

  /**
   * The last frame at or before a time in seconds.
   * @param width what the picture will be wide: frames on the way are kept for pictures of that width
   * @param goesOn asked before each frame on the way; false gives up, and the result is undefined
   * @throws StageError FRAME_NOT_FOUND or DAMAGED_VIDEO
   */
  async exact(time: number, width: number, goesOn: () => Promise<boolean>): Promise<FoundFrame | undefined> {
    const target = this.#targetOf(time);
    const kept = this.#trail.at(target, width);
    if (kept) return this.#exactly(time, kept.frame, kept.shown, kept.until);

    const key = await keyFrameBefore(this.#scout, target);
    if (!this.#pass.isBetween(key, target)) await this.#pass.startAt(key);
    this.#hurry(key.shown, target);
    this.#trail.aim(target - this.#recording.ticks(trailSeconds), width);
    let isStopped = false;
    const unlessStopped = async () => {
      isStopped = !(await goesOn());
      return !isStopped;
    };
    let frame = await this.#pass.frameAt(target, unlessStopped);
    if (frame && !this.#pass.isWholeFrom(frame)) {
      // One that was left out may come after it.
      await this.#pass.startAt(key);
      frame = await this.#pass.frameAt(target, unlessStopped);
    }
    if (isStopped) return undefined;
    if (!frame) throw this.#unreadableAt(time);
    const next = this.#pass.next && frameTimestamp(this.#pass.next);
    return this.#exactly(time, frame, frameTimestamp(frame), next);
  }

  /** The key frame nearest to a time in seconds. @throws StageError FRAME_NOT_FOUND or DAMAGED_VIDEO */
  async nearestKey(time: number): Promise<FoundFrame> {
    const target = this.#targetOf(time);
    const { before, after } = await keyFramesAround(this.#scout, target);
    const middle = after === undefined ? undefined : (before + after) / 2n;
    const seconds = (timestamp: bigint) => this.#recording.seconds(timestamp);
    const candidates = [
      { shown: before, span: { from: seconds(before), until: middle ? seconds(middle) : this.#end } },
    ];
    if (after !== undefined && middle !== undefined) {
      const candidate = { shown: after, span: { from: seconds(middle), until: seconds(after) } };
      if (target >= middle) candidates.unshift(candidate);
      else candidates.push(candidate);
    }
    for (const { shown, span } of candidates) {
      const frame = await this.#decodeKeyFrame(shown);
      if (frame) return { frame, time: seconds(shown), isKeyFrame: true, span: including(time, span) };
    }
    throw this.#unreadableAt(time);
  }

  get #end(): number {
    return this.#recording.durationSeconds + pastTheEnd;
  }

  #hurry(key: bigint, target: bigint): void {
    const from = this.#pass.held ? frameTimestamp(this.#pass.held) : key;
    const whole = Math.max(wholeSeconds, this.#recording.seconds(target - from + this.#recording.start) * wholePart);
    this.#pass.hurryTo(target - this.#recording.ticks(whole));
  }

  #targetOf(time: number): bigint {
    const isWithin = time >= 0 && time <= this.#end;
    if (!isWithin) throw frameNotFound(this.#recording.path, time, this.#recording.durationSeconds);
    return this.#recording.timestamp(time);
  }

  #unreadableAt(time: number): Error {
    return damagedVideo(this.#recording.path, `no picture could be read at ${time} s`);
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

  async #decodeKeyFrame(shown: bigint): Promise<Frame | undefined> {
    this.#keyDecoder.reset();
    if (!(await seekKeyFrame(this.#scout, shown))) return undefined;
    let read = 0;
    for await (const packet of packetsOf(this.#scout)) {
      if (packetTimestamp(packet) === shown) {
        return (await firstOf(this.#keyDecoder.decode(packet))) ?? (await firstOf(this.#keyDecoder.decode(null)));
      }
      read += 1;
      if (read === packetsToKeyFrame) break;
    }
    return undefined;
  }
}

async function firstOf(frames: AsyncGenerator<Frame>): Promise<Frame | undefined> {
  for await (const frame of frames) return frame;
  return undefined;
}

/** A frame that stands in for others, at the beginning or beside a damaged one, holds at the time asked for too. */
const including = (time: number, { from, until }: Span): Span => ({ from: Math.min(from, time), until });
