import { unit } from '../../plain-upload.ts';
import type { Fault, Request } from './fault-proxy.ts';

/** Small, so that many uploads fit into a second. */
export const chunkBytes = 2 * unit;

export const sizes: Readonly<Record<string, number>> = {
  '1 byte': 1,
  '256 KiB - 1': unit - 1,
  '256 KiB': unit,
  '256 KiB + 1': unit + 1,
  'chunk - 1': chunkBytes - 1,
  chunk: chunkBytes,
  'chunk + 1': chunkBytes + 1,
  '2 chunks + 1': 2 * chunkBytes + 1,
};

export const points = [
  'session start',
  'first chunk',
  'middle chunk',
  'last chunk',
  'status question',
  'final answer',
  /** Asked after the final answer was lost: two failures in a row, at the most dangerous place. */
  'question about the outcome',
] as const;
export type Point = (typeof points)[number];

/** Seconds in the Retry-After, long enough to be distinguished from our own waits. */
export const retryAfterSeconds = 7;

const body = (share: number) => (bytes: number) => Math.floor(bytes * share);
const answer =
  (status: number, headers: Record<string, string> = {}) =>
  (part: number | undefined): Fault => ({ kind: 'answer', status, headers, part });

const fewerKept = 'fewer bytes kept than sent';

/**
 * How each thing goes wrong: `part`, how much of the request's body the server gets, if it is the request that is hit.
 */
export const faults: Readonly<
  Record<string, { part: (bytes: number) => number; make: (part: number | undefined) => Fault }>
> = {
  kill: { part: body(0.6), make: (part) => ({ kind: 'stall', part }) },
  'connection reset': { part: body(0.6), make: (part) => ({ kind: 'reset', part }) },
  stall: { part: body(0.6), make: (part) => ({ kind: 'stall', part }) },
  '408': { part: body(0), make: answer(408) },
  '429 with Retry-After': { part: body(0), make: answer(429, { 'retry-after': String(retryAfterSeconds) }) },
  '503': { part: body(0), make: answer(503) },
  '503 after part of it': { part: body(0.6), make: answer(503) },
  '401': { part: body(0), make: answer(401) },
  '404': { part: body(0), make: answer(404) },
  '410': { part: body(0), make: answer(410) },
  'answer lost after it was stored': { part: body(1), make: () => ({ kind: 'reset' }) },
  [fewerKept]: {
    part: body(0.6),
    make: (part) => (part === undefined ? { kind: 'reset' } : { kind: 'keep', part }),
  },
  'truncated answer': { part: body(1), make: () => ({ kind: 'truncate' }) },
};

/**
 * Is a request at the point? A middle chunk is neither the first nor the last, so there must be at least three chunks.
 */
export function isAt(point: Point, { method, range }: Request): boolean {
  if (point === 'session start') return method === 'POST';
  if (range?.kind !== 'chunk') return point.includes('question') && range?.kind === 'question';
  const last = range.end === range.size;
  if (point === 'first chunk') return range.start === 0;
  if (point === 'middle chunk') return range.start > 0 && !last;
  return (point === 'last chunk' || point === 'final answer') && last;
}

/** In a file of one chunk, the first chunk is also the last. */
export function exists(point: Point, size: number): boolean {
  if (point === 'middle chunk') return size > 2 * chunkBytes;
  return point !== 'last chunk' || size > chunkBytes;
}

/**
 * One fault at one point: what the proxy does to each request.
 *
 * @param onStruck called when it has happened; for a stall, once everything the server is to get has reached it
 */
export function faultScript(point: Point, fault: string, onStruck: () => void) {
  let struck = false;
  let interrupted = false;
  let answered = false;
  return (request: Request): Fault | undefined => {
    if (request.range?.kind === 'chunk' && !interrupted) {
      interrupted = true;
      if (point === 'status question') return { kind: 'reset', part: Math.floor(chunkLength(request) / 2) };
    }
    if (point === 'question about the outcome' && isAt('last chunk', request) && !answered) {
      answered = true;
      return { kind: 'reset' };
    }
    if (struck || !isAt(point, request)) return undefined;
    struck = true;
    const spoiling = spoil(point, fault, chunkLength(request));
    if (spoiling.kind === 'stall') return { ...spoiling, onStall: onStruck };
    onStruck();
    return spoiling;
  };
}

function spoil(point: Point, fault: string, length: number): Fault {
  const { part, make } = faults[fault] as NonNullable<(typeof faults)[string]>;
  // A start or a question has no bytes of the file to lose.
  if (length === 0) return make(undefined);
  // The final answer comes when everything is stored; it is not the final one when the last byte was not kept.
  if (point === 'final answer') return make(fault === fewerKept ? length - 1 : undefined);
  return make(part(length));
}

function chunkLength({ range }: Request): number {
  return range?.kind === 'chunk' ? range.end - range.start : 0;
}
