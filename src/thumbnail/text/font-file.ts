/** What a font knows about one of its glyphs, in font units. `right`, `top` and `bottom` are those of its ink. */
export interface Glyph {
  readonly advance: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The measurements of a TrueType font, read from its tables (OpenType specification 1.9). */
export interface FontMetrics {
  readonly unitsPerEm: number;
  /** Height of a capital without marks. */
  readonly capHeight: number;
  /** Line box above and below the baseline (`hhea`), both positive. */
  readonly ascent: number;
  readonly descent: number;
  /** The glyph of a character, or undefined where the font has none. */
  glyph(codePoint: number): Glyph | undefined;
}

/**
 * Reads a whole `.ttf` file.
 * @throws Error when a needed table is missing: the file is no TrueType font.
 */
export function readFontFile(file: Buffer): FontMetrics {
  const table = tableFinder(file);
  const head = table('head');
  const hhea = table('hhea');
  const unitsPerEm = head.readUInt16BE(18);
  const longOffsets = head.readInt16BE(50) === 1;
  const hmtx = table('hmtx');
  const fullMetrics = hhea.readUInt16BE(34);
  const loca = table('loca');
  const glyf = table('glyf');
  const indexes = readCharacterMap(table('cmap'));

  const offsetOf = (index: number) => (longOffsets ? loca.readUInt32BE(index * 4) : loca.readUInt16BE(index * 2) * 2);
  const readGlyph = (index: number): Glyph => {
    const advance = hmtx.readUInt16BE(Math.min(index, fullMetrics - 1) * 4);
    const start = offsetOf(index);
    if (start === offsetOf(index + 1)) return { advance, right: 0, top: 0, bottom: 0 };
    return {
      advance,
      right: glyf.readInt16BE(start + 6),
      top: glyf.readInt16BE(start + 8),
      bottom: glyf.readInt16BE(start + 4),
    };
  };

  return {
    unitsPerEm,
    capHeight: table('OS/2').readInt16BE(88),
    ascent: hhea.readInt16BE(4),
    descent: -hhea.readInt16BE(6),
    glyph(codePoint) {
      const index = indexes.get(codePoint);
      return index === undefined ? undefined : readGlyph(index);
    },
  };
}

function tableFinder(file: Buffer): (tag: string) => Buffer {
  const tables = new Map<string, Buffer>();
  const count = file.readUInt16BE(4);
  for (let record = 12; record < 12 + count * 16; record += 16) {
    const start = file.readUInt32BE(record + 8);
    tables.set(
      file.toString('latin1', record, record + 4),
      file.subarray(start, start + file.readUInt32BE(record + 12)),
    );
  }
  return (tag) => {
    const found = tables.get(tag);
    if (!found) throw new Error(`The font has no table "${tag}".`);
    return found;
  };
}

/** Character → glyph index from every Unicode subtable of format 4 (chapter "cmap"): the Basic Multilingual Plane. */
function readCharacterMap(cmap: Buffer): Map<number, number> {
  const indexes = new Map<number, number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const platform = cmap.readUInt16BE(4 + i * 8);
    const encoding = cmap.readUInt16BE(6 + i * 8);
    const unicode = platform === 0 || (platform === 3 && encoding === 1);
    if (!unicode) continue;
    const subtable = cmap.subarray(cmap.readUInt32BE(8 + i * 8));
    if (subtable.readUInt16BE(0) === 4) readSegments(subtable, indexes);
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
