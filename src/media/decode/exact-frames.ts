import { AV_NOPTS_VALUE } from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { type Decoder, frameTimestamp, openDecoder } from './decoder.ts';
import { packetsOf, packetTimestamp, seekKeyFrame } from './packets.ts';
import { openRecording, type Recording } from './recording.ts';
import { damagedVideo } from './refusals.ts';

export interface ExactFrame {
  /** Which of the wanted times it is for. */
  index: number;
  /** The frame's own time in seconds. */
  time: number;
  /** Valid until the next one is taken. */
  frame: Frame;
}

/**
 * Yields, for each wanted time in seconds, the last frame that does not come after it; the earliest first.
 * Neighbours share one pass: the reader seeks only where a key frame lies between it and the next wanted time.
 * @throws StageError DAMAGED_VIDEO where nothing can be decoded
 */
export async function* exactFrames(
  recording: Recording,
  times: number[],
  onPacket: () => void,
): AsyncGenerator<ExactFrame> {
  const order = times.map((time, index) => ({ index, target: recording.timestamp(time) }));
  order.sort((a, b) => (a.target < b.target ? -1 : a.target > b.target ? 1 : a.index - b.index));
  // A second reader looks for key frames, so that the first keeps its place.
  const scout = await openRecording(recording.path);
  const pass = new Pass(recording, await openDecoder(recording), onPacket);
  try {
    for (const { index, target } of order) {
      const key = await keyFrameBefore(scout, target);
      if (!pass.isBetween(key, target)) await pass.startAt(key);
      const frame = await pass.frameAt(target);
      if (!frame) throw damagedVideo(recording.path, `no picture could be read at ${times[index]} s`);
      yield { index, time: recording.seconds(frameTimestamp(frame)), frame };
    }
  } finally {
    await pass.close();
    await scout.container.closeInput();
  }
}

/** When a key frame is shown and when it is decoded, in the stream's units. */
export interface KeyFrame {
  shown: bigint;
  decoded: bigint;
}

/** The last key frame shown at or before a timestamp; where nothing can be read there, one further back that can. */
export async function keyFrameBefore(recording: Recording, target: bigint): Promise<KeyFrame> {
  const first = recording.start;
  for (let [from, step] = [target, recording.ticks(1)]; from >= first; step *= 2n) {
    if (!(await seekKeyFrame(recording, from))) break;
    const found = await nextKeyFrame(recording);
    if (found && found.shown <= target) return found;
    // QuickTime looks for key frames by a time between that of decoding and that of showing.
    from = found && found.decoded <= from ? found.decoded - 1n : from - step;
  }
  await seekKeyFrame(recording, first);
  return (await nextKeyFrame(recording)) ?? { shown: first, decoded: first };
}

async function nextKeyFrame(recording: Recording): Promise<KeyFrame | undefined> {
  for await (const packet of packetsOf(recording)) {
    const shown = packetTimestamp(packet);
    return { shown, decoded: packet.dts === AV_NOPTS_VALUE ? shown : packet.dts };
  }
  return undefined;
}

/** Takes over a frame that a pass has gone past, and is told which one is shown after it. */
export type LetGo = (frame: Frame, next: Frame) => void | Promise<void>;

/** One pass of decoding forwards, which remembers the frame on either side of the last target. */
export class Pass {
  readonly #recording: Recording;
  readonly #decoder: Decoder;
  readonly #onPacket: () => void;
  readonly #letGo: LetGo;
  #frames: AsyncGenerator<Frame> | undefined;
  #held: Frame | undefined;
  #next: Frame | undefined;
  #wholeFrom: bigint | undefined;
  #skippedTo: bigint | undefined;

  constructor(
    recording: Recording,
    decoder: Decoder,
    onPacket: () => void,
    letGo: LetGo = (frame: Frame) => frame.free(),
  ) {
    this.#recording = recording;
    this.#decoder = decoder;
    this.#onPacket = onPacket;
    this.#letGo = letGo;
  }

  /** The frame at or before the last target. */
  get held(): Frame | undefined {
    return this.#held;
  }

  /** The frame after the last target, where it was come upon. */
  get next(): Frame | undefined {
    return this.#next;
  }

  /** Hurries through what is shown before a timestamp: from the next packet on, frames there may be left out. */
  hurryTo(timestamp: bigint): void {
    this.#wholeFrom = timestamp;
  }

  /** Whether no frame may have been left out after this one. */
  isWholeFrom(frame: Frame): boolean {
    return this.#skippedTo === undefined || frameTimestamp(frame) >= this.#skippedTo;
  }

  /** Whether the pass is past this key frame already but not past the target. */
  isBetween(key: KeyFrame, target: bigint): boolean {
    if (!this.#held) return false;
    const reached = frameTimestamp(this.#held);
    return key.shown <= reached && reached <= target;
  }

  async startAt(key: KeyFrame): Promise<void> {
    await this.close();
    this.#decoder.reset();
    await seekKeyFrame(this.#recording, key.shown);
    this.#frames = this.#decodeFromHere();
  }

  /**
   * The last frame at or before the target; the first one of all when every frame comes later.
   * @param goesOn asked before each frame: false leaves the pass where it is, without a result
   */
  async frameAt(target: bigint, goesOn: () => Promise<boolean> | true = () => true): Promise<Frame | undefined> {
    for (;;) {
      if (!(await goesOn())) return undefined;
      this.#next ??= (await this.#frames?.next())?.value;
      if (!this.#next) return this.#held;
      if (frameTimestamp(this.#next) > target && this.#held) return this.#held;
      const isAfter = frameTimestamp(this.#next) > target;
      const passed = this.#held;
      this.#held = this.#next;
      this.#next = undefined;
      if (passed) await this.#letGo(passed, this.#held);
      if (isAfter) return this.#held;
    }
  }

  async close(): Promise<void> {
    await this.#frames?.return(undefined);
    this.#held?.free();
    this.#next?.free();
    this.#held = this.#next = this.#frames = this.#wholeFrom = this.#skippedTo = undefined;
  }

  async *#decodeFromHere(): AsyncGenerator<Frame> {
    for await (const packet of packetsOf(this.#recording)) {
      this.#onPacket();
      this.#leaveOut(packetTimestamp(packet));
      yield* this.#decoder.decode(packet);
    }
    yield* this.#decoder.decode(null);
  }

  #leaveOut(shown: bigint): void {
    const hurries = this.#wholeFrom !== undefined && shown < this.#wholeFrom;
    this.#decoder.leaveOut(hurries);
    if (hurries && (this.#skippedTo === undefined || shown > this.#skippedTo)) this.#skippedTo = shown;
  }
}
