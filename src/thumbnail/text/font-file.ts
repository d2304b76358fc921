/** A font's data on one of its glyphs, in font units. `right`, `top` and `bottom` are those of its ink. */
export interface Glyph {
  readonly advance: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The measurements of a font, read from its tables (OpenType specification 1.9). */
export interface FontMetrics {
  readonly unitsPerEm: number;
  /** Height of a capital without diacritics. */
  readonly capHeight: number;
  /** The glyph of a character, or undefined if the font has none. */
  glyph(codePoint: number): Glyph | undefined;
}

/** How far heavy ideographs reach beyond their line box, in em. */
const overshoot = 0.04;

/**
 * Reads a whole `.ttf` file, or an `.otf` file of ideographs. The outlines of the latter (table "CFF ") are not read:
 * every glyph is assumed to fill its line box, as ideographs and hangul do.
 * @throws Error if a needed table is missing: the file is not such a font.
 */
export function readFontFile(file: Buffer): FontMetrics {
  const table = tableFinder(file);
  const head = table('head');
  const hhea = table('hhea');
  const unitsPerEm = head.readUInt16BE(18);
  const longOffsets = head.readInt16BE(50) === 1;
  const hmtx = table('hmtx');
  const fullMetrics = hhea.readUInt16BE(34);
  const indexes = readCharacterMap(table('cmap'));
  const [ascent, descent] = [hhea.readInt16BE(4), -hhea.readInt16BE(6)];
  const inkOf = table.has('glyf')
    ? inkFromOutlines(table('glyf'), table('loca'), longOffsets)
    : () => ({ top: ascent + overshoot * unitsPerEm, bottom: -descent - overshoot * unitsPerEm });

  return {
    unitsPerEm,
    capHeight: table('OS/2').readInt16BE(88),
    glyph(codePoint) {
      const index = indexes.get(codePoint);
      if (index === undefined) return undefined;
      const advance = hmtx.readUInt16BE(Math.min(index, fullMetrics - 1) * 4);
      return { advance, right: advance, ...inkOf(index) };
    },
  };
}

type Ink = Omit<Glyph, 'advance' | 'right'> & Partial<Pick<Glyph, 'right'>>;

function inkFromOutlines(glyf: Buffer, loca: Buffer, longOffsets: boolean): (index: number) => Ink {
  const offsetOf = (index: number) => (longOffsets ? loca.readUInt32BE(index * 4) : loca.readUInt16BE(index * 2) * 2);
  return (index) => {
    const start = offsetOf(index);
    if (start === offsetOf(index + 1)) return { right: 0, top: 0, bottom: 0 };
    return {
      right: glyf.readInt16BE(start + 6),
      top: glyf.readInt16BE(start + 8),
      bottom: glyf.readInt16BE(start + 4),
    };
  };
}

function tableFinder(file: Buffer): { (tag: string): Buffer; has(tag: string): boolean } {
  const tables = new Map<string, Buffer>();
  const count = file.readUInt16BE(4);
  for (let record = 12; record < 12 + count * 16; record += 16) {
    const start = file.readUInt32BE(record + 8);
    tables.set(
      file.toString('latin1', record, record + 4),
      file.subarray(start, start + file.readUInt32BE(record + 12)),
    );
  }
  const find = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (!found) throw new Error(`The font has no table "${tag}".`);
    return found;
  };
  return Object.assign(find, { has: (tag: string) => tables.has(tag) });
}

/** Character → glyph index from every Unicode subtable of the formats 4 and 12 (chapter "cmap"). */
function readCharacterMap(cmap: Buffer): Map<number, number> {
  const indexes = new Map<number, number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const platform = cmap.readUInt16BE(4 + i * 8);
    const encoding = cmap.readUInt16BE(6 + i * 8);
    const unicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
    if (!unicode) continue;
    const subtable = cmap.subarray(cmap.readUInt32BE(8 + i * 8));
    const format = subtable.readUInt16BE(0);
    if (format === 4) readSegments(subtable, indexes);
    if (format === 12) readGroups(subtable, indexes);
  }
  return indexes;
}

function readSegments(subtable: Buffer, indexes: Map<number, number>): void {
  const doubled = subtable.readUInt16BE(6);
  for (let at = 0; at < doubled; at += 2) {
    const end = subtable.readUInt16BE(14 + at);
    const start = subtable.readUInt16BE(16 + doubled + at);
    const delta = subtable.readUInt16BE(16 + 2 * doubled + at);
    const rangeAt = 16 + 3 * doubled + at;
    const range = subtable.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const raw = range === 0 ? code : subtable.readUInt16BE(rangeAt + range + (code - start) * 2);
      const index = raw === 0 ? 0 : (raw + delta) & 0xffff;
      if (index !== 0) indexes.set(code, index);
    }
  }
}

function readGroups(subtable: Buffer, indexes: Map<number, number>): void {
  for (let group = 0; group < subtable.readUInt32BE(12); group += 1) {
    const at = 16 + group * 12;
    const start = subtable.readUInt32BE(at);
    const first = subtable.readUInt32BE(at + 8);
    for (let code = start; code <= subtable.readUInt32BE(at + 4); code += 1) indexes.set(code, first + code - start);
  }
}
