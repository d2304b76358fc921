import type { FileHandle } from 'node:fs/promises';

/** A box of a QuickTime or MP4 file (ISO/IEC 14496-12, "Object structure"). */
export interface FileBox {
  /** Four characters, such as `mdat`. */
  readonly name: string;
  /** Offsets in the file: where the box begins, where its content begins, and where it ends or claims to. */
  readonly from: number;
  readonly content: number;
  readonly to: number;
  /** It states no length, and reaches to the end of the file. */
  readonly isOpen: boolean;
}

const boxName = /^[\w©. -]{4}$/;
/** A fragmented recording has about two boxes per second; nothing is read beyond this many. */
const mostBoxes = 4096;

/** The boxes between two offsets, until there are no more or one claims more bytes than there are. */
export async function* boxesOf(file: FileHandle, from: number, to: number): AsyncGenerator<FileBox> {
  const head = Buffer.alloc(16);
  let at = from;
  for (let boxes = 0; at < to && boxes < mostBoxes; boxes += 1) {
    const { bytesRead } = await file.read(head, 0, Math.min(head.length, to - at), at);
    const name = head.toString('latin1', 4, 8);
    if (bytesRead < 8 || !boxName.test(name)) return;
    const told = head.readUInt32BE(0);
    const isLong = told === 1 && bytesRead === 16;
    const length = isLong ? Number(head.readBigUInt64BE(8)) : told === 0 ? to - at : told;
    if (length < 8) return;
    yield { name, from: at, content: at + (isLong ? 16 : 8), to: at + length, isOpen: told === 0 };
    at += length;
  }
}
