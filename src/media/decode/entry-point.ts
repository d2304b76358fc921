import { AV_CODEC_ID_H264, AV_CODEC_ID_HEVC } from 'node-av/constants';
import type { Packet, Stream } from 'node-av/lib';

/**
 * What decoding gives when it begins at a packet: whole pictures at once (`whole`); whole pictures after a number of
 * frames (`gradual`, as with periodic intra refresh); or none, because the packet needs earlier ones (`dependent`) or
 * holds no picture of this format (`unreadable`).
 */
export type Entry =
  | { readonly kind: 'whole' | 'dependent' | 'unreadable' }
  | { readonly kind: 'gradual'; readonly frames: number };

const whole: Entry = { kind: 'whole' };
const dependent: Entry = { kind: 'dependent' };
const unreadable: Entry = { kind: 'unreadable' };

/**
 * The parts of a packet (NAL units), without their lengths or start codes; the result says whether the lengths add up.
 */
type Units = Generator<Buffer, boolean>;

/**
 * Reads from H.264 and HEVC packets themselves whether decoding can begin there, because containers mark key frames
 * wrongly, or every picture as one. For other codecs, which phones and cameras mark correctly, the container is
 * trusted.
 */
export function entryReader({ codecpar }: Stream): (packet: Packet) => Entry {
  const read = { [AV_CODEC_ID_H264]: h264Entry, [AV_CODEC_ID_HEVC]: hevcEntry }[codecpar.codecId as number];
  if (!read) return (packet) => (packet.isKeyframe ? whole : dependent);
  const lengthBytes = lengthBytesOf(codecpar.extradata, codecpar.codecId === AV_CODEC_ID_H264 ? 4 : 21);
  return (packet) => {
    const data = packet.data;
    if (!data) return unreadable;
    return read(lengthBytes ? unitsByLength(data, lengthBytes) : unitsByStartCode(data), packet.isKeyframe);
  };
}

/**
 * Size in bytes of the length before each part of a packet, from the decoder configuration of MP4 (ISO/IEC 14496-15,
 * "lengthSizeMinusOne"); undefined if the parts begin with start codes, as in a transport stream.
 */
function lengthBytesOf(configuration: Buffer | null, at: number): number | undefined {
  if (configuration?.[0] !== 1 || configuration.length <= at) return undefined;
  return ((configuration[at] ?? 0) & 3) + 1;
}

function* unitsByLength(data: Buffer, lengthBytes: number): Units {
  let at = 0;
  while (at + lengthBytes <= data.length) {
    const length = data.readUIntBE(at, lengthBytes);
    at += lengthBytes;
    if (length === 0 || at + length > data.length) return false;
    yield data.subarray(at, at + length);
    at += length;
  }
  return true;
}

const startCode = Buffer.from([0, 0, 1]);

function* unitsByStartCode(data: Buffer): Units {
  for (let at = data.indexOf(startCode); at >= 0; ) {
    const next = data.indexOf(startCode, at + 3);
    yield data.subarray(at + 3, next < 0 ? data.length : next);
    at = next;
  }
  return true;
}

/** Destroyed data may look like anything, but its lengths do not add up. */
function dependentIf(rest: Units): Entry {
  for (;;) {
    const { done, value } = rest.next();
    if (done) return value ? dependent : unreadable;
  }
}

/** ITU-T H.264, table 7-1 (types of NAL units), table 7-6 (types of slices) and annex D.1.8 (recovery point). */
function h264Entry(units: Units, isMarked: boolean): Entry {
  let recovery: number | undefined;
  for (let next = units.next(); !next.done; next = units.next()) {
    const unit = next.value;
    const type = (unit[0] ?? 0) & 31;
    if (type === 5) return whole;
    if (type === 6) recovery ??= recoveryFrames(withoutEmulation(unit.subarray(1)));
    if (type < 1 || type > 4) continue;
    if (recovery !== undefined) return recovery === 0 ? whole : { kind: 'gradual', frames: recovery };
    return isMarked && isIntraSlice(unit) ? whole : dependentIf(units);
  }
  return unreadable;
}

/**
 * Some cameras begin groups with a plain I picture. The container must mark it too, because decoding cannot begin at
 * every I picture.
 */
function isIntraSlice(unit: Buffer): boolean {
  const bits = new Bits(withoutEmulation(unit.subarray(1, 17)));
  bits.exponential();
  const type = bits.exponential() % 5;
  return type === 2 || type === 4;
}

/** Frames from a recovery point until the picture is whole; undefined if the message holds no recovery point. */
function recoveryFrames(messages: Buffer): number | undefined {
  for (let at = 0; at + 2 < messages.length; ) {
    const take = () => {
      let value = 0;
      while (messages[at] === 255) value += messages[at++] ?? 0;
      return value + (messages[at++] ?? 0);
    };
    const [type, size] = [take(), take()];
    if (type === 6) return new Bits(messages.subarray(at, at + size)).exponential();
    at += size;
  }
  return undefined;
}

/** ITU-T H.265, table 7-1: types below 32 belong to pictures, and decoding can begin at types 16 to 23. */
function hevcEntry(units: Units): Entry {
  for (let next = units.next(); !next.done; next = units.next()) {
    const unit = next.value;
    const type = ((unit[0] ?? 0) >> 1) & 63;
    if (type < 32) return type >= 16 && type <= 23 ? whole : dependentIf(units);
  }
  return unreadable;
}

/** Removes the bytes that keep start codes from appearing (H.264, "emulation_prevention_three_byte"). */
function withoutEmulation(unit: Buffer): Buffer {
  return Buffer.from(unit.filter((byte, at) => !(byte === 3 && at >= 2 && unit[at - 1] === 0 && unit[at - 2] === 0)));
}

class Bits {
  readonly #data: Buffer;
  #at = 0;

  constructor(data: Buffer) {
    this.#data = data;
  }

  /** An unsigned number in Exp-Golomb code (H.264, "Parsing process for Exp-Golomb codes"). */
  exponential(): number {
    let zeros = 0;
    while (zeros < 31 && this.#at < this.#data.length * 8 && this.#bit() === 0) zeros += 1;
    let value = 1;
    for (let bit = 0; bit < zeros; bit += 1) value = value * 2 + this.#bit();
    return value - 1;
  }

  #bit(): number {
    const bit = ((this.#data[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1;
    this.#at += 1;
    return bit;
  }
}
