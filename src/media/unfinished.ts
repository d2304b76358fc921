import { type FileHandle, open } from 'node:fs/promises';
import { boxesOf } from './boxes.ts';

/** How many bytes to read at a time, and at how many places in a file. */
const blockBytes = 4096;
const places = 64;
/**
 * Zeros in a row that no camera writes: silence and reserved space are shorter. For a small file, this share of it, but
 * at least `fewest`.
 */
const emptyStretch = { bytes: 2 ** 20, part: 1 / 16, fewest: 2 ** 12 };

/** Bytes of a file from `from` up to but excluding `to`. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether a part of a file was never written, because copying into a file of the full size is still in progress or
 * broke off. Looks for a long stretch of zeros at the end and at places throughout the file, so a hole of less than a
 * sixty-fourth of the file may be missed. Space that QuickTime and MP4 files reserve (`free` boxes) does not count.
 * Cheap for files of any size: it reads less than half a megabyte of a complete file and decodes no picture.
 * @throws what node:fs throws, for example when the file is gone
 */
export async function isUnfinished(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const stretch = Math.max(emptyStretch.fewest, Math.min(emptyStretch.bytes, Math.floor(size * emptyStretch.part)));
    const regions = (await writtenRegions(file, size)).filter(({ from, to }) => to - from >= stretch);
    const last = regions.at(-1);
    if (last && (await isEmpty(file, { from: last.to - stretch, to: last.to }))) return true;
    for (const region of regions) {
      if (await hasHole(file, region, stretch, size / places)) return true;
    }
    return false;
  } finally {
    await file.close();
  }
}

/** Looks every `step` bytes; where it finds zeros, checks how far they reach. */
async function hasHole(file: FileHandle, { from, to }: Region, stretch: number, step: number): Promise<boolean> {
  for (let at = from; at < to; at += Math.max(step, blockBytes)) {
    const place = Math.floor(at);
    if (!(await isEmpty(file, { from: place, to: Math.min(to, place + blockBytes) }))) continue;
    if (place + stretch <= to && (await isEmpty(file, { from: place, to: place + stretch }))) return true;
    if (place - stretch >= from && (await isEmpty(file, { from: place - stretch, to: place }))) return true;
  }
  return false;
}

/** Whether a region holds only zeros; a region beyond the end of the file is not empty. */
export async function isEmpty(file: FileHandle, { from, to }: Region): Promise<boolean> {
  const block = Buffer.alloc(blockBytes);
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(block, 0, Math.min(blockBytes, to - at), at);
    if (bytesRead === 0) return false;
    if (block.subarray(0, bytesRead).some((byte) => byte !== 0)) return false;
    at += bytesRead;
  }
  return true;
}

const reserved = new Set(['free', 'skip', 'wide']);

/**
 * The file without the space its boxes reserve. From where no box is found, as in other formats, the rest is one
 * region.
 */
async function writtenRegions(file: FileHandle, size: number): Promise<Region[]> {
  const regions: Region[] = [];
  let at = 0;
  for await (const { name, from, to } of boxesOf(file, 0, size)) {
    if (!reserved.has(name)) regions.push({ from, to: Math.min(size, to) });
    at = to;
  }
  if (at < size) regions.push({ from: at, to: size });
  return regions;
}
