/**
 * The thread that reads files under upload and hashes them, so that the thread that sends never waits for SHA-256. A
 * block is hashed in place if the hash has got that far; what was skipped (because another process began the upload) is
 * read again when there is nothing else to do.
 */
import { createHash, type Hash } from 'node:crypto';
import { readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { ReaderAnswer, ReaderRequest } from './reader-messages.ts';

interface Opened {
  readonly descriptor: number;
  readonly blocks: readonly Buffer[];
  readonly hash: Hash;
  /** Bytes from the beginning that are in the hash. */
  hashed: number;
  /** Bytes from the beginning that the hash may run to without reading ahead of the upload. */
  frontier: number;
  digest?: { readonly id: number; readonly size: number };
}

class Truncated extends Error {}

const files = new Map<number, Opened>();
const catchUpBlock = Buffer.allocUnsafeSlow(1_048_576);
let catchingUp = false;

parentPort?.on('message', (request: ReaderRequest) => {
  try {
    handle(request);
  } catch (error) {
    answer(asFailure(request.id, error));
  }
});

function handle(request: ReaderRequest): void {
  const { id, file } = request;
  if (request.kind === 'open') {
    const blocks = request.blocks.map((block) => Buffer.from(block));
    const { descriptor } = request;
    files.set(file, { descriptor, blocks, hash: createHash('sha256'), hashed: 0, frontier: 0 });
    answer({ id, outcome: 'done' });
  } else if (request.kind === 'close') {
    files.delete(file);
    answer({ id, outcome: 'done' });
  } else {
    const opened = files.get(file);
    if (!opened) throw new Error('The file is not open');
    if (request.kind === 'read') read(opened, request);
    else {
      opened.digest = { id, size: request.size };
      opened.frontier = Math.max(opened.frontier, request.size);
    }
    catchUp();
  }
}

function read(opened: Opened, request: Extract<ReaderRequest, { kind: 'read' }>): void {
  const block = opened.blocks[request.block]?.subarray(0, request.bytes);
  if (!block) throw new RangeError('There is no such block');
  fill(opened.descriptor, block, request.position);
  // Answered first: the block is sent while it is hashed, and only this thread ever writes into it.
  answer({ id: request.id, outcome: 'done' });
  addToHash(opened, request.position, block);
}

function addToHash(opened: Opened, position: number, block: Buffer): void {
  const unseen = opened.hashed - position;
  opened.frontier = Math.max(opened.frontier, position + block.length);
  if (unseen < 0 || unseen >= block.length) return;
  opened.hash.update(block.subarray(unseen));
  opened.hashed = position + block.length;
}

/** One block at a time, so that a request to read comes first. */
function catchUp(): void {
  if (catchingUp) return;
  const behind = [...files.values()].find((opened) => opened.hashed < opened.frontier || opened.digest);
  if (!behind) return;
  catchingUp = true;
  setImmediate(() => {
    catchingUp = false;
    try {
      step(behind);
    } catch (error) {
      behind.frontier = behind.hashed;
      if (behind.digest) answer(asFailure(behind.digest.id, error));
      delete behind.digest;
    }
    catchUp();
  });
}

function step(opened: Opened): void {
  const { digest, hashed, frontier } = opened;
  if (digest && hashed >= digest.size) {
    delete opened.digest;
    answer({ id: digest.id, outcome: 'done', sha256: opened.hash.copy().digest('hex') });
    return;
  }
  const block = catchUpBlock.subarray(0, Math.min(catchUpBlock.length, frontier - hashed));
  fill(opened.descriptor, block, hashed);
  addToHash(opened, hashed, block);
  if (digest) answer({ id: digest.id, outcome: 'underway', bytes: opened.hashed });
}

function fill(descriptor: number, block: Buffer, position: number): void {
  for (let filled = 0; filled < block.length; ) {
    const bytes = readSync(descriptor, block, filled, block.length - filled, position + filled);
    if (bytes === 0) throw new Truncated();
    filled += bytes;
  }
}

function answer(message: ReaderAnswer): void {
  parentPort?.postMessage(message);
}

function asFailure(id: number, error: unknown): ReaderAnswer {
  return error instanceof Truncated ? { id, outcome: 'truncated' } : { id, outcome: 'failed', error };
}
