import { readFile, writeFile } from 'node:fs/promises';
import { editMovie, type Track } from '../support/mp4-boxes.ts';
import { type ClipSettings, numberedFrame, writeClip } from './clips.ts';
import { type RemuxOptions, remux } from './remux.ts';

/** A recording with a trait that real phones, cameras or trimming tools produce. */
export interface Trait {
  readonly name: string;
  /** Makes the file at a path that lacks its extension, from a complete clip if needed; returns the file. */
  make(path: string, base: (codec: Codec) => Promise<string>): Promise<string>;
  /** What a player does to each stored picture, as FFmpeg filters. */
  readonly filters?: string;
  /** Size of the upright picture, if it is not `traitSize`. */
  readonly size?: { readonly width: number; readonly height: number };
  /** When the last picture ends, on the player's clock, if that is not a thirtieth of a second after it begins. */
  readonly seconds?: number;
  /** Whether its times begin anywhere, so that a player counts from there. */
  readonly isStream?: boolean;
  /**
   * If FFmpeg by itself loses pictures at the edge of an edit list: what the list shows, in seconds on the player's
   * clock.
   */
  readonly shown?: { readonly from: number; readonly until: number };
  /** Largest mean difference from the full decode, in 255ths; default 6, because of JPEG. */
  readonly difference?: number;
}

export const codecs = {
  'H.264 with B-frames': { codec: 'h264' },
  'H.264 without B-frames': { codec: 'h264', parameters: 'bframes=0' },
  'HEVC, open groups': { codec: 'hevc', parameters: 'open-gop=1:bframes=3' },
  'HEVC, closed groups': { codec: 'hevc', parameters: 'open-gop=0:bframes=3' },
} as const satisfies Record<string, Pick<ClipSettings, 'codec' | 'parameters'>>;
export type Codec = keyof typeof codecs;
const all = Object.keys(codecs) as Codec[];
/** For traits that do not depend on how groups begin. */
const usual: readonly Codec[] = ['H.264 with B-frames', 'HEVC, open groups'];
const onlyOne: readonly Codec[] = ['H.264 with B-frames'];
const inOrder: readonly Codec[] = ['H.264 without B-frames'];

/** Upright size of the recordings: small, because every door decodes them. */
export const traitSize = { width: 192, height: 108 };
const seconds = 4;
const fps = 30;

/** A numbered frame, scaled down by half. */
function smallFrame(number: number): Uint8Array {
  const { width, height } = traitSize;
  const large = numberedFrame(number, { width: width * 2, height: height * 2 });
  const small = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * 2 * width * 2 + x * 2) * 3;
      small.set(large.subarray(from, from + 3), (y * width + x) * 3);
    }
  }
  return small;
}

const write = (file: string, settings: ClipSettings) =>
  writeClip(file, { ...traitSize, draw: smallFrame, ...settings });

/** The complete clip that others are made from, with a key frame every second. */
export function writeBase(file: string, codec: Codec): Promise<string> {
  return write(file, { seconds, ...codecs[codec] });
}

/** One trait for each codec, made by changing only the index. */
function indexed(
  name: string,
  of: readonly Codec[],
  length: number | undefined,
  edit: (track: Track) => void,
  more: Partial<Trait> = {},
): Trait[] {
  return of.map((codec) => ({
    name: `${name}: ${codec}`,
    ...(length !== undefined && { seconds: length }),
    async make(path, base) {
      const file = `${path}.mov`;
      await writeFile(file, editMovie(await readFile(await base(codec)), edit));
      return file;
    },
    ...more,
  }));
}

function remuxed(
  name: string,
  of: readonly Codec[],
  ending: string,
  options: RemuxOptions,
  more: Partial<Trait> = {},
): Trait[] {
  return of.map((codec) => ({
    name: `${name}: ${codec}`,
    make: async (path, base) => remux(await base(codec), `${path}${ending}`, options),
    ...more,
  }));
}

const single = (name: string, settings: ClipSettings, more: Partial<Trait> = {}): Trait => ({
  name,
  seconds: settings.seconds,
  make: (path) => write(`${path}.mov`, settings),
  ...more,
});

const frames = seconds * fps;
const unit = (track: Track) => track.mediaScale / fps;
const every = (step: number) => Array.from({ length: Math.floor(frames / step) }, (_, i) => i * step + 1);
const wide = { width: 288, height: 108 };
const anamorphic = 'scale=288:108';

/** A vertical line that moves with each field, so that two fields woven together show combing. */
function wovenFrame(number: number, first: Field): Uint8Array {
  const { width, height } = traitSize;
  const data = smallFrame(number);
  for (let y = 0; y < height; y += 1) {
    const isFirst = (y % 2 === 0) === (first === 'top');
    const left = (number * 2 + (isFirst ? 0 : 1)) * 5;
    for (let x = 0; x < 16; x += 1) {
      const at = (y * width + ((left + x) % width)) * 3;
      data.fill(y > 72 ? 230 : 90, at, at + 3);
    }
  }
  return data;
}

type Field = 'top' | 'bottom';
const fieldOrder = { top: 'tff=1', bottom: 'bff=1' } as const;
/** Filters and largest mean difference for pictures in which every other line is interpolated. */
const deinterlaced = { filters: 'bwdif=mode=send_frame:deint=interlaced', difference: 4 };

const interlaced = (first: Field): Trait =>
  single(
    `interlaced, ${first} field first`,
    { seconds, codec: 'h264', parameters: fieldOrder[first], draw: (number) => wovenFrame(number, first) },
    deinterlaced,
  );

/** As when the camera's setting was changed, or two recordings were joined: interlaced from the middle on. */
const mixed = (first: Field): Trait => ({
  name: `progressive, then interlaced, ${first} field first`,
  seconds,
  ...deinterlaced,
  async make(path) {
    const half = { seconds: seconds / 2, codec: 'h264' } as const;
    const part = await write(`${path} 1.mov`, { ...half, parameters: 'repeat-headers=1' });
    const woven = await write(`${path} 2.mov`, {
      ...half,
      parameters: `repeat-headers=1:${fieldOrder[first]}`,
      draw: (number) => wovenFrame(number, first),
    });
    return remux(part, `${path}.mov`, { followedBy: woven });
  },
});

export const traits: readonly Trait[] = [
  ...indexed('as it was written', usual, seconds, () => {}),
  ...indexed('trimmed at the start, inside a group', all, 2.3, (track) => track.edit([{ from: 1.4, for: 2.3 }])),
  ...indexed('trimmed to a part of one group', usual, 0.5, (track) => track.edit([{ from: 2.3, for: 0.5 }])),
  ...indexed('a few pictures of the first group, late', onlyOne, 7 / 30, (track) =>
    track.edit([{ for: 1 / 30 }, { from: 1 / 30, for: 6 / 30 }]),
  ),
  ...indexed('trimmed at the end', usual, 2.4, (track) => track.edit([{ from: 0, for: 2.4 }])),
  ...indexed('starts late', onlyOne, 3.7, (track) => track.edit([{ for: 0.7 }, { from: 0, for: 3 }])),
  // FFmpeg shows the last picture of the first part a little longer; with open groups, its decoder loses pictures.
  ...indexed('two parts', ['H.264 with B-frames', 'HEVC, closed groups'], undefined, (track) =>
    track.edit([
      { from: 0.5, for: 1.2 },
      { from: 2.4, for: 1.3 },
    ]),
  ),
  ...indexed('every picture marked as a key frame', all, seconds, (track) => track.keyFrames(undefined)),
  ...indexed('wrong pictures marked as key frames', all, seconds, (track) => track.keyFrames(every(7))),
  ...indexed('the first key frame not marked', usual, seconds, (track) => track.keyFrames([31, 61, 91])),
  ...indexed('only the first key frame marked', usual, seconds, (track) => track.keyFrames([1])),
  ...indexed(
    'trimmed, and wrong pictures marked as key frames',
    all,
    2.3,
    (track) => {
      track.keyFrames(every(7));
      track.edit([{ from: 1.4, for: 2.3 }]);
    },
    { shown: { from: 0, until: 2.3 } },
  ),
  ...indexed(
    'late, trimmed, and wrong pictures marked as key frames',
    onlyOne,
    2.2,
    (track) => {
      track.keyFrames(every(7));
      track.edit([{ for: 0.7 }, { from: 1.4, for: 1.5 }]);
    },
    { shown: { from: 0.7, until: 2.2 } },
  ),
  ...indexed('its own length far too short', onlyOne, seconds, (track) => track.durations({ media: frames })),
  ...indexed('its own length far too long', onlyOne, seconds, (track) =>
    track.durations({ media: frames * 100_000, track: 9e7 }),
  ),
  ...indexed('a last picture of nine hours', onlyOne, undefined, (track) => {
    track.withoutEdits();
    track.lengths([
      [frames - 1, unit(track)],
      [1, 9 * 3600 * track.mediaScale],
    ]);
  }),
  ...indexed('a picture of a minute in the middle', inOrder, 64 - 1 / 30, (track) => {
    track.lengths([
      [69, unit(track)],
      [1, 60 * track.mediaScale],
      [frames - 70, unit(track)],
    ]);
    track.edit([{ from: 0, for: 64 - 1 / 30 }]);
  }),
  ...remuxed('cut without encoding', all, '.mp4', { earlier: 1.1, keeps: (number) => number >= 30 }),
  ...remuxed('without its first key frame', usual, '.mp4', { keeps: (number) => number > 0 }),
  ...remuxed('fragmented', onlyOne, '.mp4', { muxer: { movflags: 'frag_keyframe+empty_moov' } }),
  ...remuxed('MPEG-TS, named .mp4', usual, '.mp4', { format: 'mpegts' }, { isStream: true }),
  ...remuxed(
    'AVCHD, named .mp4',
    onlyOne,
    '.mp4',
    { format: 'mpegts', muxer: { mpegts_m2ts_mode: '1' } },
    { isStream: true },
  ),
  single(
    'periodic intra refresh',
    { seconds, parameters: 'intra-refresh=1:bframes=0', codec: 'h264' },
    { difference: 8 },
  ),
  ...indexed('wide pixels, by pasp', onlyOne, seconds, (track) => track.pixelAspect([3, 2]), {
    size: wide,
    filters: anamorphic,
  }),
  ...indexed(
    'wide pixels, by the track header',
    onlyOne,
    seconds,
    (track) => {
      track.pixelAspect(undefined);
      track.shownSize(288, 108);
    },
    { size: wide, filters: anamorphic },
  ),
  ...indexed(
    'wide pixels, by both',
    onlyOne,
    seconds,
    (track) => {
      track.pixelAspect([3, 2]);
      track.shownSize(288, 108);
    },
    { size: wide, filters: anamorphic },
  ),
  ...indexed('narrow pixels', onlyOne, seconds, (track) => track.pixelAspect([8, 9]), {
    size: { width: 192, height: 122 },
    filters: 'scale=192:122',
  }),
  {
    name: 'wide pixels, turned by a quarter',
    seconds: 3,
    size: { width: 192, height: 162 },
    filters: 'scale=162:192,transpose=clock',
    async make(path) {
      const file = await write(`${path}.mov`, { seconds: 3, rotation: 90 });
      await writeFile(
        file,
        editMovie(await readFile(file), (track) => track.pixelAspect([3, 2])),
      );
      return file;
    },
  },
  interlaced('top'),
  interlaced('bottom'),
  mixed('top'),
  mixed('bottom'),
];
