import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Miniature } from './miniature.ts';
import type { Scan } from './scan.ts';

/** Changes whenever the same recording would give a different scan. */
const version = 2;
const file = 'scan.bin';

interface Head extends Pick<Scan, 'pictureSize' | 'losses'> {
  readonly version: number;
  /** Of the recording. */
  readonly fingerprint: string;
  readonly looks: readonly (Pick<Miniature, 'time' | 'width' | 'height'> & { readonly pictureBytes: number })[];
}

/**
 * Keeps a finished scan in the workspace, for the next attempt: four bytes for the length of the head, the head as
 * JSON, then for each look its luma, its detail and its picture. The file appears atomically.
 */
export async function keepScan(workspace: Workspace, fingerprint: string, scan: Scan): Promise<void> {
  const { looks, pictures, pictureSize, losses } = scan;
  const head: Head = {
    version,
    fingerprint,
    pictureSize,
    losses,
    looks: looks.map(({ time, width, height }, index) => {
      return { time, width, height, pictureBytes: pictures[index]?.length ?? 0 };
    }),
  };
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const temporary = workspace.path(`.${file}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await writeAll(handle, [length, text]);
      for (const [index, { luma, detail }] of looks.entries()) {
        await writeAll(handle, [luma, detail, pictures[index] ?? new Uint8Array()]);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    workspace.adopt(temporary, workspace.path(file));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Not writev: on a disk that is nearly full it writes only a part and says so only through its return value. */
async function writeAll(handle: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  for (const part of parts) await handle.writeFile(part);
}

/** The scan that an earlier attempt finished; undefined if there is none for this recording. */
export async function keptScan(workspace: Workspace, fingerprint: string): Promise<Scan | undefined> {
  const bytes = await readFile(workspace.path(file)).catch(() => undefined);
  if (!bytes) return undefined;
  const head = headOf(bytes);
  if (head?.version !== version || head.fingerprint !== fingerprint) return undefined;
  let at = 4 + bytes.readUInt32LE();
  const take = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  const looks: Miniature[] = [];
  const pictures: Uint8Array[] = [];
  for (const { pictureBytes, ...look } of head.looks) {
    const cells = look.width * look.height;
    looks.push({ ...look, luma: take(cells), detail: take(cells) });
    pictures.push(take(pictureBytes));
  }
  return at === bytes.length ? { looks, pictures, pictureSize: head.pictureSize, losses: head.losses } : undefined;
}

function headOf(bytes: Buffer): Head | undefined {
  try {
    return JSON.parse(bytes.toString('utf8', 4, 4 + bytes.readUInt32LE()));
  } catch {
    return undefined;
  }
}

export async function dropScan(workspace: Workspace): Promise<void> {
  await rm(workspace.path(file), { force: true });
}
