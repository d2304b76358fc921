import type { Frame } from 'node-av/lib';
import { type Decoder, frameTimestamp, mostHeldBack } from './decoder.ts';
import { deinterlaced } from './deinterlace.ts';
import { type EntryPoint, entriesBefore, seekEntry } from './entry-search.ts';
import { decodingTimestamp, packetsOf, packetTimestamp } from './packets.ts';
import type { Recording } from './recording.ts';

/** Takes ownership of a frame that a pass has gone past; `next` is the frame shown after it. */
export type LetGo = (frame: Frame, next: Frame) => void | Promise<void>;

export interface PassParts {
  readonly recording: Recording;
  /** The same recording opened again: it looks for places to begin, so that the pass keeps its position. */
  readonly scout: Recording;
  readonly decoder: Decoder;
  readonly letGo?: LetGo | undefined;
}

/**
 * The last part of the way to a frame is decoded in full, for steps back; before it, frames that no other frame needs
 * are left out. It is at least this many seconds long, because some frames are shown for longer than others.
 */
const wholePart = 1 / 8;
const wholeSeconds = 0.12;
/** Packets that may precede a recording's first picture, which is the answer for any earlier target. */
const mostAtFirst = 6000;

/** Decodes forwards and remembers the frames on either side of the last target. */
export class Pass {
  readonly #recording: Recording;
  readonly #scout: Recording;
  readonly #decoder: Decoder;
  readonly #letGo: LetGo;
  #frames: AsyncGenerator<Frame> | undefined;
  #held: Frame | undefined;
  #next: Frame | undefined;
  #wholeFrom: bigint | undefined;
  /** How many packets may be read beyond the target before a picture beyond it comes out. */
  #budget = { target: 0n, packets: 0 };
  #hasGivenUp = false;
  #skippedTo: bigint | undefined;

  constructor({ recording, scout, decoder, letGo = (frame) => frame.free() }: PassParts) {
    this.#recording = recording;
    this.#scout = scout;
    this.#decoder = decoder;
    this.#letGo = letGo;
  }

  /** The frame after the last target, if the pass has reached it. */
  get next(): Frame | undefined {
    return this.#next;
  }

  /** Whether no frame after this one can have been left out. */
  isWholeFrom(frame: Frame): boolean {
    return this.#skippedTo === undefined || frameTimestamp(frame) >= this.#skippedTo;
  }

  /**
   * The last frame at or before the target; the very first one if every frame comes later; undefined if none can be
   * decoded, or if it was told to stop. It continues from the pass's position unless there is a better place before the
   * target.
   * @param isWanted asked before each frame; false stops the pass where it is
   */
  async frameAt(target: bigint, isWanted: () => Promise<boolean> | true = () => true): Promise<Frame | undefined> {
    let isStopped = false;
    const unlessStopped = async () => {
      isStopped = !(await isWanted());
      return !isStopped;
    };
    for await (const entry of entriesBefore(this.#scout, target)) {
      if (!this.#isBetween(entry, target)) await this.#startAt(entry);
      this.#hurry(entry.shown, target);
      this.#budget = { target, packets: entry.from === undefined ? mostAtFirst : mostHeldBack };
      let frame = await this.#decodeTo(target, unlessStopped);
      if (frame && !isStopped && !this.isWholeFrom(frame)) {
        // A frame that was left out may follow it.
        await this.#startAt(entry);
        frame = await this.#decodeTo(target, unlessStopped);
      }
      if (isStopped) return undefined;
      // If a place shows nothing up to the target, pictures are missing or never become whole: try further back.
      if (frame && (frameTimestamp(frame) <= target || entry.from === undefined)) return frame;
    }
    return undefined;
  }

  async close(): Promise<void> {
    await this.#frames?.return(undefined);
    this.#held?.free();
    this.#next?.free();
    this.#held = this.#next = this.#frames = this.#wholeFrom = this.#skippedTo = undefined;
  }

  /** Whether the pass is already past this place but not past the target. */
  #isBetween(entry: EntryPoint, target: bigint): boolean {
    if (!this.#held || this.#hasGivenUp) return false;
    const reached = frameTimestamp(this.#held);
    return entry.shown <= reached && reached <= target;
  }

  async #startAt(entry: EntryPoint): Promise<void> {
    await this.close();
    this.#hasGivenUp = false;
    this.#decoder.reset();
    await seekEntry(this.#recording, entry);
    this.#frames = deinterlaced(this.#decodeFrom(entry), (frame) => this.#isNear(frame));
  }

  /** Hurries through pictures shown long before the target: from the next packet on, frames there may be left out. */
  #hurry(entry: bigint, target: bigint): void {
    const from = this.#held ? frameTimestamp(this.#held) : entry;
    const whole = Math.max(wholeSeconds, this.#recording.length(target - from) * wholePart);
    this.#wholeFrom = target - this.#recording.ticks(whole);
  }

  /**
   * Whether a frame is in the part that is decoded in full, or close enough before it to be needed for filtering the
   * first frame there.
   */
  #isNear(frame: Frame): boolean {
    const { interval } = this.#recording.timeline;
    return this.#wholeFrom === undefined || frameTimestamp(frame) >= this.#wholeFrom - 2n * interval;
  }

  async #decodeTo(target: bigint, isWanted: () => Promise<boolean>): Promise<Frame | undefined> {
    for (;;) {
      if (!(await isWanted())) return undefined;
      this.#next ??= (await this.#frames?.next())?.value;
      if (!this.#next) return this.#held;
      if (this.#held && frameTimestamp(this.#next) > target) return this.#held;
      const passed = this.#held;
      this.#held = this.#next;
      this.#next = undefined;
      if (passed) await this.#letGo(passed, this.#held);
    }
  }

  async *#decodeFrom(entry: EntryPoint): AsyncGenerator<Frame> {
    let isThere = entry.from === undefined;
    for await (const packet of packetsOf(this.#recording)) {
      const decoded = decodingTimestamp(packet);
      isThere ||= decoded === entry.decoded;
      if (isThere) {
        this.#leaveOut(packetTimestamp(packet));
        yield* this.#decoder.decode(packet);
      }
      if (decoded <= this.#budget.target) continue;
      this.#budget.packets -= 1;
      this.#hasGivenUp = this.#budget.packets < 0;
      if (this.#hasGivenUp) return;
    }
    yield* this.#decoder.decode(null);
  }

  #leaveOut(shown: bigint): void {
    const hurries = this.#wholeFrom !== undefined && shown < this.#wholeFrom;
    this.#decoder.leaveOut(hurries);
    if (hurries && (this.#skippedTo === undefined || shown > this.#skippedTo)) this.#skippedTo = shown;
  }
}
