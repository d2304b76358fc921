import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createTurns } from '../../../async/turns.ts';
import { isDiskFull } from '../../../domain/system-error.ts';
import { readRecord, writeRecord } from '../../../workspace/record.ts';
import { notFound, RequestError } from '../problem.ts';
import type { StudioParts } from '../studio-parts.ts';
import { checkName, putInPlace, requireFreeName, requireRoom } from './place.ts';
import { type UploadRecord, uploadRecord } from './record.ts';
import { writePiece } from './write-piece.ts';

/** A recording that is sent in pieces, as its sender sees it. */
export interface Upload extends UploadRecord {
  readonly id: string;
  /** ISO 8601: when the last of it arrived. */
  readonly changedAt: string;
  /** A piece is arriving at this moment. */
  readonly isReceiving: boolean;
}

export type UploadWish = Pick<UploadRecord, 'name' | 'bytes' | 'lastModified' | 'digest'>;

/** Recordings on their way into the input folder. They survive a lost network, a closed page and a killed program. */
export interface Uploads {
  /** Those that have not arrived whole, oldest first. */
  list(): Promise<Upload[]>;
  /** Begins one, or finds the unfinished one of the same file. @throws RequestError 400, 409, 429, 507 */
  begin(wish: UploadWish): Promise<Upload>;
  /** @throws RequestError 404 */
  find(id: string): Promise<Upload>;
  /**
   * Takes the next piece: acknowledged means that it is on the disk. A piece that is still arriving for the same
   * recording is cut off, because its sender has lost that connection.
   * @throws RequestError 409 (another offset is due), 413 (beyond the end), 400 (cut off), 507 (disk full), 404
   */
  receive(
    id: string,
    piece: { readonly offset: number; readonly length: number; readonly body: Readable },
  ): Promise<Upload>;
  /** Path of what has arrived of it. @throws RequestError 404 */
  fileOf(id: string): Promise<string>;
  /** Gives a whole recording its name in the input folder; again: says the same. @throws RequestError 409, 404 */
  finish(id: string): Promise<Upload>;
  /** Removes what has arrived of an unfinished one. Never a recording. @throws RequestError 404 */
  remove(id: string): Promise<void>;
}

/** In the input folder, so that a recording that has arrived is renamed, not copied; hidden from who watches it. */
const folderName = '.uploads';
const mostUnfinished = 200;
/** Milliseconds in which a sender that heard no answer may ask again. */
const rememberedFor = 24 * 3600_000;
const idPattern = /^[0-9a-f-]{36}$/;

export function openUploads({ inputFolder, target }: Pick<StudioParts, 'inputFolder' | 'target'>): Uploads {
  const folder = path.join(inputFolder, folderName);
  const receiving = new Map<string, { readonly body: Readable; readonly ended: Promise<unknown> }>();
  const partOf = (id: string) => path.join(folder, `${id}.part`);
  const recordOf = (id: string) => path.join(folder, `${id}.json`);
  const write = (id: string, record: UploadRecord) => writeRecord(recordOf(id), uploadRecord(id), record);
  const inTurn = createTurns();

  async function read(id: string): Promise<Upload | undefined> {
    if (!idPattern.test(id)) return undefined;
    const record = readRecord(recordOf(id), uploadRecord(id));
    if (!record) return undefined;
    if (record.arrivedAt !== undefined) return { ...record, id, changedAt: record.arrivedAt, isReceiving: false };
    const part = await stat(partOf(id)).catch(() => undefined);
    if (!part) {
      // A program that ended between giving the name and noting it.
      const placed = record.isBeingPlaced && (await stat(path.join(inputFolder, record.name)).catch(() => undefined));
      if (!placed || placed.size !== record.bytes) return undefined;
      const arrivedAt = placed.ctime.toISOString();
      return { ...record, arrivedAt, id, changedAt: arrivedAt, isReceiving: false };
    }
    // A disk that failed may hold less than was written to it.
    const offset = Math.min(record.offset, part.size);
    return { ...record, offset, id, changedAt: part.mtime.toISOString(), isReceiving: receiving.has(id) };
  }

  async function find(id: string): Promise<Upload> {
    const found = await read(id);
    if (!found) throw notFound('There is no such upload: it was removed, or has arrived.');
    return found;
  }

  async function all(): Promise<Upload[]> {
    const names = await readdir(folder).catch(() => []);
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    // One that cannot be read is none of this program's.
    const found = await Promise.all(ids.map((id) => read(id).catch(() => undefined)));
    return found.flatMap((each) => each ?? []).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  }

  async function cutOff(id: string): Promise<void> {
    for (let other = receiving.get(id); other; other = receiving.get(id)) {
      other.body.destroy();
      await other.ended;
    }
  }

  async function take(upload: Upload, body: Readable): Promise<unknown> {
    const { id } = upload;
    const { end, problem } = await writePiece(partOf(id), upload.offset, body);
    if (end > upload.offset) write(id, { ...recordFrom(upload), offset: end });
    return problem;
  }

  async function place(upload: Upload): Promise<void> {
    const { id, name, bytes, offset, lastModified } = upload;
    if (offset !== bytes)
      throw new RequestError(409, `${name} has not arrived completely: ${offset} of ${bytes} bytes.`);
    const { isBeingPlaced: wasBegun, ...record } = recordFrom(upload);
    write(id, { ...record, isBeingPlaced: true });
    try {
      await putInPlace(partOf(id), path.join(inputFolder, name), { lastModified, wasBegun });
    } catch (error) {
      // Another recording has the name: it must not be taken for this one later.
      if (error instanceof RequestError) write(id, record);
      throw error;
    }
    write(id, { ...record, arrivedAt: new Date().toISOString() });
  }

  return {
    find,
    async list() {
      return (await all()).filter(({ arrivedAt }) => arrivedAt === undefined);
    },
    async begin(wish) {
      const { name, bytes } = wish;
      checkName(name);
      if (bytes === 0) throw new RequestError(400, `${name} is empty.`);
      await mkdir(folder, { recursive: true });
      const known = await all();
      for (const { id, arrivedAt } of known) {
        if (arrivedAt === undefined) continue;
        await rm(partOf(id), { force: true });
        if (isForgotten(arrivedAt)) await rm(recordOf(id), { force: true });
      }
      const unfinished = known.filter(({ arrivedAt }) => arrivedAt === undefined);
      const same = unfinished.find((each) => isOfSameFile(each, wish));
      if (!same) requireFreeName(inputFolder, name);
      await requireRoom(inputFolder, { name, bytes: bytes - (same?.offset ?? 0), whole: bytes, target: target() });
      if (same) return same;
      if (unfinished.length >= mostUnfinished)
        throw new RequestError(429, 'Too many recordings are unfinished. Remove some first.');
      const id = randomUUID();
      await (await open(partOf(id), 'wx')).close();
      write(id, { ...wish, offset: 0, createdAt: new Date().toISOString() });
      return find(id);
    },
    async receive(id, { offset, length, body }) {
      await cutOff(id);
      const upload = await find(id);
      if (upload.arrivedAt !== undefined || offset !== upload.offset)
        throw new RequestError(409, `${upload.name} continues at ${upload.offset}, not at ${offset}.`);
      if (offset + length > upload.bytes) throw new RequestError(413, `That is more than ${upload.name} has.`);
      // Another may have come while this one looked.
      if (receiving.has(id)) throw new RequestError(409, `Another piece of ${upload.name} is arriving.`);
      const writing = take(upload, body);
      const entry = { body, ended: writing.catch(() => undefined) };
      receiving.set(id, entry);
      try {
        const problem = await writing;
        if (isOfDisk(problem)) throw problem;
      } catch (error) {
        throw isDiskFull(error) ? diskFull() : error;
      } finally {
        if (receiving.get(id) === entry) receiving.delete(id);
      }
      const now = await find(id);
      if (now.offset < offset + length)
        throw new RequestError(400, `The piece of ${upload.name} did not arrive completely.`);
      return now;
    },
    async fileOf(id) {
      const { arrivedAt, name } = await find(id);
      return arrivedAt === undefined ? partOf(id) : path.join(inputFolder, name);
    },
    finish: (id) =>
      inTurn(id, async () => {
        await cutOff(id);
        const upload = await find(id);
        const { isBeingPlaced, ...record } = recordFrom(upload);
        if (upload.arrivedAt === undefined) await place(upload);
        else if (isBeingPlaced) write(id, record);
        // Only now: until it is noted that the recording has its name, this one tells so.
        await rm(partOf(id), { force: true });
        return find(id);
      }),
    remove: (id) =>
      inTurn(id, async () => {
        const { arrivedAt } = await find(id);
        if (arrivedAt !== undefined) throw notFound('It has arrived: nothing of it is left to remove.');
        await cutOff(id);
        await rm(partOf(id), { force: true });
        await rm(recordOf(id), { force: true });
      }),
  };
}

const recordFrom = ({ id: _, isReceiving: __, changedAt: ___, ...record }: Upload): UploadRecord => record;

const isForgotten = (arrivedAt: string | undefined) =>
  arrivedAt !== undefined && Date.now() - Date.parse(arrivedAt) > rememberedFor;

const isOfSameFile = (a: UploadWish, b: UploadWish) =>
  a.name === b.name && a.bytes === b.bytes && a.lastModified === b.lastModified && a.digest === b.digest;

/** Not the sender's, who will be told nothing: it has gone. */
const isOfDisk = (problem: unknown) => (problem as NodeJS.ErrnoException | undefined)?.syscall === 'write';

const diskFull = () =>
  new RequestError(507, 'The disk is full. Free some space, then retry: what has arrived is kept.');
