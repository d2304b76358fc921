import { AV_NOPTS_VALUE } from 'node-av/constants';
import type { Packet } from 'node-av/lib';
import type { Entry } from './entry-point.ts';
import { decodingTimestamp, isShown, nextPacket, packetsOf, packetTimestamp } from './packets.ts';
import { farAway, rewind, type ShownTimes, type Source, seekPacket } from './source.ts';

/** When pictures are shown, in the stream's units. */
export interface Timeline {
  /** What a player shows as 0:00: the container's zero, or the beginning of a stream whose times begin anywhere. */
  readonly origin: bigint;
  /** When the first picture is shown. */
  readonly start: bigint;
  /** When the last picture ends; undefined if the last one that the container knows of cannot be read. */
  readonly end: bigint | undefined;
  /** When the first packet is decoded. */
  readonly firstDecoded: bigint;
  /** How long most pictures are shown. */
  readonly interval: bigint;
  /** Set if the program applies the edit list itself. */
  readonly shown: ShownTimes | undefined;
}

export interface Units {
  /** Converts a length in seconds to the stream's units. */
  ticks(seconds: number): bigint;
  /** The length in seconds that the container promises, or 0. */
  readonly promisedSeconds: number;
}

/** How many packets to search for the first picture: a group of pictures several minutes long. */
const packetsToFirst = 6000;
/** Seconds before the end at which to start reading the last packets, and how many of them are enough. */
const tail = { seconds: 1, packets: 8 };
/**
 * A last picture shown for longer than both is a camera's mistake: in seconds, and as a multiple of the others.
 */
const tooLong = { seconds: 2, times: 30n };

/** Reads packets at both ends, because the lengths in container headers are often wrong. Moves the reader. */
export async function timelineOf(source: Source, entryOf: (packet: Packet) => Entry, units: Units): Promise<Timeline> {
  const origin = originOf(source, units);
  await rewind(source);
  const { start, firstDecoded } = await headOf(source, entryOf);
  const { interval, last } = await tailOf(source, origin, firstDecoded, units);
  return {
    origin,
    start,
    firstDecoded,
    interval,
    shown: source.shown,
    end: last && last.shown + lengthOf(last.duration),
  };

  function lengthOf(told: bigint): bigint {
    const isMistaken = told <= 0n || (told > units.ticks(tooLong.seconds) && told > interval * tooLong.times);
    return isMistaken ? interval : told;
  }
}

function originOf({ container, isStream, shown }: Source, { ticks }: Units): bigint {
  // The edit list has already shifted the times: nothing before zero is shown.
  if (shown) return 0n;
  const told = container.startTime === AV_NOPTS_VALUE ? 0n : ticks(Number(container.startTime) / 1e6);
  return isStream || told < 0n ? told : 0n;
}

/** When the first picture that can be decoded is shown, and when the first packet is decoded. */
async function headOf(
  source: Source,
  entryOf: (packet: Packet) => Entry,
): Promise<Pick<Timeline, 'start' | 'firstDecoded'>> {
  let firstDecoded: bigint | undefined;
  let firstOfAll: bigint | undefined;
  let entry: bigint | undefined;
  let start: bigint | undefined;
  let read = 0;
  for await (const packet of packetsOf(source)) {
    const [shown, decoded] = [packetTimestamp(packet), decodingTimestamp(packet)];
    firstDecoded ??= decoded;
    if (start !== undefined && decoded >= start) break;
    read += 1;
    if (read === packetsToFirst) break;
    if (isShown(source, packet)) firstOfAll = earlier(firstOfAll, shown);
    if (entry === undefined && entryOf(packet).kind === 'whole') entry = shown;
    // Pictures shown before the one at which decoding begins need earlier ones.
    if (entry !== undefined && shown >= entry && isShown(source, packet)) start = earlier(start, shown);
  }
  return { start: start ?? firstOfAll ?? 0n, firstDecoded: firstDecoded ?? 0n };
}

interface Tail {
  readonly interval: bigint;
  readonly last: { readonly shown: bigint; readonly duration: bigint } | undefined;
}

async function tailOf(source: Source, origin: bigint, firstDecoded: bigint, units: Units): Promise<Tail> {
  const end = await lastDecoded(source, origin, units);
  const shown: { shown: bigint; duration: bigint }[] = [];
  if (end !== undefined) {
    for (let seconds = tail.seconds; shown.length < tail.packets; seconds *= 4) {
      const from = end - units.ticks(seconds);
      const isWhole = from <= firstDecoded;
      shown.length = 0;
      if (isWhole) await rewind(source);
      if (isWhole || (await seekPacket(source, from))) {
        for await (const packet of packetsOf(source)) {
          if (isShown(source, packet)) shown.push({ shown: packetTimestamp(packet), duration: packet.duration });
        }
      }
      if (isWhole) break;
    }
  }
  shown.sort((a, b) => (a.shown < b.shown ? -1 : a.shown > b.shown ? 1 : 0));
  const steps = shown.slice(1).map((packet, i) => packet.shown - (shown[i]?.shown ?? packet.shown));
  const usual = steps.filter((step) => step > 0n).sort((a, b) => (a < b ? -1 : 1));
  return { interval: usual[usual.length >> 1] ?? units.ticks(1 / 30), last: shown.at(-1) };
}

/** Roughly when the last packet is decoded; undefined if the last one that an index lists cannot be read. */
async function lastDecoded(
  source: Source,
  origin: bigint,
  { ticks, promisedSeconds }: Units,
): Promise<bigint | undefined> {
  if (!source.jumps) return origin + ticks(promisedSeconds);
  if (!(await seekPacket(source, farAway))) return undefined;
  return nextPacket(source, decodingTimestamp);
}

const earlier = (one: bigint | undefined, other: bigint) => (one === undefined || other < one ? other : one);
