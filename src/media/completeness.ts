import { type FileHandle, open } from 'node:fs/promises';
import { boxesOf, type FileBox } from './boxes.ts';
import { isEmpty, isUnfinished } from './unfinished.ts';

/**
 * What a file's bytes say about whether it is complete. `unknown`: they cannot tell, as with a format that can end
 * anywhere (fragmented MP4, MPEG-TS) or a file that is not a video.
 */
export type Completeness = 'whole' | 'unfinished' | 'unknown';

/** A QuickTime or MP4 file begins with one of these. */
const firstNames = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'uuid']);
/**
 * Zeros at the end of the media data that show it is unfinished: fewer than a copy writes at a time. For small data,
 * this share of it, but at least `fewest`.
 */
const emptyEnd = { bytes: 4096, part: 1 / 64, fewest: 256 };

/**
 * Whether copying has finished: stricter than `isUnfinished`, which tells what is not worth preparing. Every box must
 * be there in full, and the media data (`mdat`) must not end in zeros. Cheap for files of any size.
 * @throws what node:fs throws, for example when the file is gone
 */
export async function completenessOf(path: string): Promise<Completeness> {
  if (await isUnfinished(path)) return 'unfinished';
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) return 'unfinished';
    const boxes: FileBox[] = [];
    for await (const box of boxesOf(file, 0, size)) boxes.push(box);
    const [first] = boxes;
    const last = boxes.at(-1);
    if (!first || !last || !firstNames.has(first.name)) return 'unknown';
    if (last.to > size) return 'unfinished';
    const index = boxes.find(({ name }) => name === 'moov');
    if (!index || !(await isTiled(file, index))) return 'unfinished';
    for (const box of boxes) if (box.name === 'mdat' && (await endsEmpty(file, box))) return 'unfinished';
    const canGrow = boxes.some(({ name, isOpen }) => name === 'moof' || (name === 'mdat' && isOpen));
    return canGrow || last.to < size ? 'unknown' : 'whole';
  } finally {
    await file.close();
  }
}

/** Whether the boxes inside a box fill it; four bytes of zeros may end it (QuickTime File Format, "User Data"). */
async function isTiled(file: FileHandle, { content, to }: FileBox): Promise<boolean> {
  let end = content;
  for await (const box of boxesOf(file, content, to)) end = box.to;
  return end <= to && to - end <= 4;
}

async function endsEmpty(file: FileHandle, { content, to }: FileBox): Promise<boolean> {
  const length = to - content;
  const end = Math.max(emptyEnd.fewest, Math.min(emptyEnd.bytes, Math.floor(length * emptyEnd.part)));
  return length > end && isEmpty(file, { from: to - end, to });
}
