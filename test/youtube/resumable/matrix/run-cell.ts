import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { TestContext } from 'node:test';
import {
  RejectedError,
  type ResumableUpload,
  SessionLostError,
  type UploadResult,
  uploadResumable,
} from '../../../../src/youtube/resumable/index.ts';
import { atEnd, fileStore, plainUpload, randomFile, sha256, temporaryFolder } from '../../support.ts';
import { chunkBytes, faultScript, type Point, retryAfterSeconds } from './cells.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import type { ProtocolServer, StartServer } from './servers.ts';

export interface Cell {
  readonly server: ProtocolServer;
  readonly proxy: FaultProxy;
  readonly folder: string;
  readonly file: string;
  readonly store: ReturnType<typeof fileStore>;
  /** What the upload would have waited between attempts, in milliseconds; the waits are simulated. */
  readonly waits: number[];
  upload(changes?: Partial<ResumableUpload>): Promise<UploadResult>;
}

export async function prepareCell(
  t: TestContext,
  startServer: StartServer,
  size: number,
  decide: Parameters<typeof startFaultProxy>[1],
): Promise<Cell> {
  const folder = await temporaryFolder(t);
  const server = await startServer(folder);
  atEnd(t, () => server.close());
  const proxy = await startFaultProxy(server.url, decide);
  atEnd(t, () => proxy.close());
  const file = await randomFile(folder, size);
  const store = fileStore(folder);
  const waits: number[] = [];
  const sleep = async (ms: number) => {
    waits.push(ms);
    await new Promise((resolve) => setTimeout(resolve, Math.min(ms, 10)));
  };
  const retry = { attempts: 12, minDelayMs: 5, maxDelayMs: 20, sleep };
  const plain = { ...plainUpload(proxy.url, file, size, store), startBody: server.startBody, chunkBytes, retry };
  return { server, proxy, folder, file, store, waits, upload: (changes) => uploadResumable({ ...plain, ...changes }) };
}

/** One fault at one point, for one size: at most one video, its bytes equal, one session. */
export async function runCell(t: TestContext, startServer: StartServer, point: Point, fault: string, size: number) {
  let struck = false;
  const script = faultScript(point, fault, () => {
    struck = true;
  });
  const cell = await prepareCell(t, startServer, size, script);
  const stallTimeoutMs = fault === 'stall' ? 500 : 5_000;
  const result = await cell.upload({ stallTimeoutMs }).catch((error: unknown) => afterLoss(cell, point, fault, error));
  assert.ok(struck, 'the fault struck');
  await assertOneVideo(cell, result);
  if (fault === '429 with Retry-After') assert.ok(cell.waits.includes(retryAfterSeconds * 1000), 'waited as asked');
  if (fault === '401') assert.deepEqual(sessionsWritten(cell).length, 1, 'the same session');
}

/** 404 and 410 end a call. What may be done then depends on whether a video may have resulted. */
async function afterLoss(cell: Cell, point: Point, fault: string, error: unknown): Promise<UploadResult> {
  assert.ok(fault === '404' || fault === '410', `${error}`);
  if (point === 'session start') {
    assert.ok(error instanceof RejectedError);
    assert.equal(error.bytesMayHaveBeenSent, false);
    return cell.upload();
  }
  assert.ok(error instanceof SessionLostError, `${error}`);
  const announced = (await cell.store.load())?.sent;
  assert.equal(error.lastByteMayHaveBeenSent, announced === 'all');
  assert.ok((await cell.server.videos()).length <= (announced === 'all' ? 1 : 0), 'no video without its last byte');
  if (announced !== 'all') await cell.store.clear();
  // If the outcome is unknown the session stays, and is asked again: here the server has it after all.
  return cell.upload();
}

export async function assertOneVideo(cell: Cell, result: UploadResult): Promise<void> {
  const content = await readFile(cell.file);
  const videos = await cell.server.videos();
  assert.equal(videos.length, 1, 'exactly one video');
  assert.equal((result.answer as { id: string }).id, videos[0]?.id);
  assert.equal(sha256(videos[0]?.bytes as Buffer), sha256(content), 'bytes equal');
  assert.equal(result.sha256, sha256(content));
  assert.ok(await oneSessionAtATime(cell), 'no second session while the outcome of the first was unknown');
}

function sessionsWritten({ proxy }: Cell): string[] {
  const written = proxy.requests.filter(({ range }) => range?.kind === 'chunk').map(({ session }) => session ?? '');
  return [...new Set(written)];
}

/** A session that was sent a last chunk is the last session there is. */
async function oneSessionAtATime(cell: Cell): Promise<boolean> {
  const { requests } = cell.proxy;
  const first = requests.find(({ range }) => range?.kind === 'chunk' && range.end === range.size);
  const after = first ? requests.slice(requests.indexOf(first)) : [];
  return after.every(({ method, session }) => method === 'PUT' && session === first?.session);
}
