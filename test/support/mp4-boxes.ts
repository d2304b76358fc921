/** A box of a QuickTime or MP4 file (ISO/IEC 14496-12, "Object structure"). */
export interface Box {
  readonly type: string;
  /** What comes before the boxes inside it, or all of it. */
  head: Buffer;
  /** Only for those that contain others. */
  children?: Box[];
}

/** Boxes that contain others, and the number of bytes before these. */
const holders = new Map([
  ...['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts'].map((type) => [type, 0] as const),
  ['stsd', 8],
  ...['avc1', 'hvc1', 'hev1'].map((type) => [type, 78] as const),
]);

function parse(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const told = bytes.readUInt32BE(at);
    const [length, header] = told === 1 ? [Number(bytes.readBigUInt64BE(at + 8)), 16] : [told || bytes.length - at, 8];
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + header, at + length);
    const before = holders.get(type);
    boxes.push(
      before === undefined
        ? { type, head: body }
        : { type, head: body.subarray(0, before), children: parse(body.subarray(before)) },
    );
    at += length;
  }
  return boxes;
}

function write({ type, head, children = [] }: Box): Buffer {
  const body = Buffer.concat([head, ...children.map(write)]);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

/** The video track of a movie. */
export class Track {
  readonly #movie: Box;
  readonly #track: Box;

  constructor(movie: Box) {
    this.#movie = movie;
    const tracks = movie.children?.filter(({ type }) => type === 'trak') ?? [];
    const video = tracks.find((track) => find(track, ['mdia', 'minf', 'vmhd']));
    if (!video) throw new Error('the movie has no video');
    this.#track = video;
  }

  /** Units of time in a second: of the movie, and of the track's own pictures. */
  get movieScale(): number {
    return need(this.#movie, ['mvhd']).head.readUInt32BE(12);
  }

  get mediaScale(): number {
    return need(this.#track, ['mdia', 'mdhd']).head.readUInt32BE(12);
  }

  /** Which parts of the stored media are shown: from a time, for a length, in seconds; without a time, nothing is. */
  edit(parts: readonly { readonly from?: number; readonly for: number }[]): void {
    const first = this.#firstShown();
    const list = Buffer.alloc(8 + parts.length * 12);
    list.writeUInt32BE(parts.length, 4);
    for (const [i, part] of parts.entries()) {
      list.writeUInt32BE(Math.round(part.for * this.movieScale), 8 + i * 12);
      list.writeInt32BE(part.from === undefined ? -1 : first + Math.round(part.from * this.mediaScale), 12 + i * 12);
      list.writeInt32BE(0x10000, 16 + i * 12);
    }
    this.#put(this.#track, { type: 'edts', head: Buffer.alloc(0), children: [{ type: 'elst', head: list }] });
  }

  withoutEdits(): void {
    this.#track.children = this.#track.children?.filter(({ type }) => type !== 'edts') ?? [];
  }

  /** The key frames by number, from 1; undefined removes the table, so that all frames count as key frames. */
  keyFrames(numbers: readonly number[] | undefined): void {
    const table = need(this.#track, ['mdia', 'minf', 'stbl']);
    table.children = table.children?.filter(({ type }) => type !== 'stss') ?? [];
    if (!numbers) return;
    const list = Buffer.alloc(8 + numbers.length * 4);
    list.writeUInt32BE(numbers.length, 4);
    for (const [i, number] of numbers.entries()) list.writeUInt32BE(number, 8 + i * 4);
    table.children.push({ type: 'stss', head: list });
  }

  /** How long pictures are shown, in units of the media: how many, and for how long each. */
  lengths(runs: readonly (readonly [count: number, length: number])[]): void {
    const list = Buffer.alloc(8 + runs.length * 8);
    list.writeUInt32BE(runs.length, 4);
    for (const [i, [count, length]] of runs.entries()) {
      list.writeUInt32BE(count, 8 + i * 8);
      list.writeUInt32BE(length, 12 + i * 8);
    }
    need(this.#track, ['mdia', 'minf', 'stbl', 'stts']).head = list;
  }

  /** What the track says about its own length, in units of the media and of the movie. */
  durations({ media, track }: { media?: number; track?: number }): void {
    if (media !== undefined) need(this.#track, ['mdia', 'mdhd']).head.writeUInt32BE(media, 16);
    if (track !== undefined) need(this.#track, ['tkhd']).head.writeUInt32BE(track, 20);
  }

  /** How wide and high a pixel is; undefined removes it. */
  pixelAspect(aspect: readonly [number, number] | undefined): void {
    const [entry] = need(this.#track, ['mdia', 'minf', 'stbl', 'stsd']).children ?? [];
    if (!entry) throw new Error('the track has no description');
    entry.children = entry.children?.filter(({ type }) => type !== 'pasp') ?? [];
    if (!aspect) return;
    const head = Buffer.alloc(8);
    for (const [i, value] of aspect.entries()) head.writeUInt32BE(value, i * 4);
    entry.children.push({ type: 'pasp', head });
  }

  /** The pixel dimensions at which the track is shown, before it is rotated. */
  shownSize(width: number, height: number): void {
    const { head } = need(this.#track, ['tkhd']);
    head.writeUInt32BE(width * 0x10000, 76);
    head.writeUInt32BE(height * 0x10000, 80);
  }

  /** When the first picture is shown, in units of the media: not 0 if pictures are decoded in a different order. */
  #firstShown(): number {
    const offsets = find(this.#track, ['mdia', 'minf', 'stbl', 'ctts'])?.head;
    return offsets && offsets.readUInt32BE(4) > 0 ? offsets.readInt32BE(12) : 0;
  }

  #put(parent: Box, box: Box): void {
    const at = parent.children?.findIndex(({ type }) => type === box.type) ?? -1;
    if (at < 0) parent.children?.splice(1, 0, box);
    else parent.children?.splice(at, 1, box);
  }
}

function find(box: Box, path: readonly string[]): Box | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return box;
  const child = box.children?.find(({ type }) => type === first);
  return child && find(child, rest);
}

function need(box: Box, path: readonly string[]): Box {
  const found = find(box, path);
  if (!found) throw new Error(`there is no ${path.join('/')}`);
  return found;
}

/** Changes the index of a movie; the pictures stay as they are. The index must come after the pictures. */
export function editMovie(bytes: Buffer, edit: (track: Track) => void): Buffer {
  const boxes = parse(Buffer.from(bytes));
  const movie = boxes.find(({ type }) => type === 'moov');
  if (!movie || boxes.findIndex(({ type }) => type === 'mdat') > boxes.indexOf(movie)) {
    throw new Error('the index does not come after the pictures');
  }
  edit(new Track(movie));
  return Buffer.concat(boxes.map(write));
}
