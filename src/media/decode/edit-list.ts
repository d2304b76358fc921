import { type FileHandle, open } from 'node:fs/promises';
import { boxesOf, type FileBox } from '../boxes.ts';

/** What a player shows of a track, in seconds of its clock. */
export interface ShownPart {
  readonly from: number;
  readonly until: number;
}

/** Longer edit lists are ignored. */
const mostBytes = 16_384;

/**
 * What the edit list of a track shows, if that is a single part of what is stored (ISO/IEC 14496-12, "Edit List Box");
 * undefined if there is no list, or it has several parts.
 */
export async function shownPartOf(path: string, trackId: number): Promise<ShownPart | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const movie = await childOf(file, { content: 0, to: size }, 'moov');
    const header = movie && (await childOf(file, movie, 'mvhd'));
    if (!movie || !header) return undefined;
    for await (const track of boxesOf(file, movie.content, movie.to)) {
      if (track.name !== 'trak' || (await idOf(file, track)) !== trackId) continue;
      const edits = await childOf(file, track, 'edts');
      const list = edits && (await childOf(file, edits, 'elst'));
      return list && singlePart(await bytesOf(file, list), timescaleOf(await bytesOf(file, header)));
    }
    return undefined;
  } finally {
    await file.close();
  }
}

/** A media time of -1 marks an empty entry, whose length is how long a player waits. */
function singlePart(list: Buffer, unitsPerSecond: number): ShownPart | undefined {
  const isLong = list[0] === 1;
  const entryBytes = isLong ? 20 : 12;
  const count = list.readUInt32BE(4);
  const parts: ShownPart[] = [];
  let at = 0;
  if (unitsPerSecond === 0 || 8 + count * entryBytes > list.length) return undefined;
  for (let i = 0; i < count; i += 1) {
    const entry = 8 + i * entryBytes;
    const units = isLong ? Number(list.readBigUInt64BE(entry)) : list.readUInt32BE(entry);
    const media = isLong ? list.readBigInt64BE(entry + 8) : BigInt(list.readInt32BE(entry + 4));
    const until = at + units / unitsPerSecond;
    if (media >= 0n) parts.push({ from: at, until });
    at = until;
  }
  const [part] = parts;
  return parts.length === 1 && part && part.until > part.from ? part : undefined;
}

async function idOf(file: FileHandle, track: FileBox): Promise<number | undefined> {
  const header = await childOf(file, track, 'tkhd');
  if (!header) return undefined;
  const bytes = await bytesOf(file, header);
  return bytes.readUInt32BE(bytes[0] === 1 ? 20 : 12);
}

const timescaleOf = (header: Buffer) => header.readUInt32BE(header[0] === 1 ? 20 : 12);

async function childOf(
  file: FileHandle,
  { content, to }: Pick<FileBox, 'content' | 'to'>,
  name: string,
): Promise<FileBox | undefined> {
  for await (const box of boxesOf(file, content, to)) if (box.name === name) return box;
  return undefined;
}

/** The contents of a small box, padded with zeros if the file ends early. */
async function bytesOf(file: FileHandle, { content, to }: FileBox): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(32, Math.min(to - content, mostBytes)));
  await file.read(bytes, 0, Math.min(bytes.length, to - content), content);
  return bytes;
}
