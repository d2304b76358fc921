import { FilterAPI } from 'node-av/api';
import {
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_UNSPECIFIED,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
} from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { BandedFilter } from './banded.ts';
import { firstField } from './deinterlace.ts';
import type { Orientation } from './orientation.ts';
import { squared } from './square-pixels.ts';

/** An upright picture to look at: RGB, 8 bits, rows without padding, `height × width × 3` bytes. */
export interface Picture {
  width: number;
  height: number;
  data: Buffer;
}

export interface PictureMaker {
  make(frame: Frame): Promise<Picture>;
  close(): void;
}

export interface PictureOptions {
  orientation: Orientation;
  /** Width of the upright picture; without it, pictures keep their full size. Smaller recordings are not enlarged. */
  width?: number | undefined;
  threads?: number | undefined;
}

/**
 * Turns decoded frames into upright RGB pictures with natural colours: matrix and range follow the recording; PQ and
 * HLG are tone-mapped for a standard screen.
 */
export function pictureMaker({ orientation, width, threads = 2 }: PictureOptions): PictureMaker {
  const filters = new Map<string, FilterAPI>();
  let toneMapped: BandedFilter | undefined;
  return {
    async make(frame) {
      const size = storedSize(frame, orientation, width);
      const described = filtersFor(frame, size, orientation);
      const filter = filters.get(described) ?? FilterAPI.create(described, { threads });
      filters.set(described, filter);
      const [made] = await filter.processAll(frame);
      if (!made) throw new Error('the conversion of a picture gave none');
      if (isHdr(frame)) toneMapped ??= new BandedFilter(made, toneMapping(frame), threads);
      const data = toneMapped ? await toneMapped.apply(made) : made.toBuffer();
      const picture = { width: made.width, height: made.height, data };
      made.free();
      return picture;
    },
    close() {
      for (const filter of filters.values()) filter.close();
      toneMapped?.close();
    },
  };
}

const isHdr = ({ colorTrc }: Frame) => colorTrc === AVCOL_TRC_SMPTE2084 || colorTrc === AVCOL_TRC_ARIB_STD_B67;

/**
 * Makes frames upright and of the right size, as RGB; HDR frames get chroma for every pixel, ready for tone mapping.
 */
function filtersFor(frame: Frame, size: readonly [number, number], orientation: Orientation): string {
  const scale = `scale=${size.join(':')}:flags=${size[0] < frame.width ? shrinking : converting}`;
  const filters = isHdr(frame) ? [scale, 'format=yuv444p10le'] : [`${scale}:${inputColours(frame)}`, 'format=rgb24'];
  // A frame that is still interlaced came without its neighbours: use one of its two fields.
  const field = firstField(frame);
  return [...(field ? [`field=type=${field}`] : []), ...filters, ...orientation.filters].join(',');
}

/**
 * The size to scale to before turning: with square pixels, and even, because chroma is subsampled.
 * @param width largest width of the upright picture; without it, the picture keeps its full size
 */
export function storedSize(frame: Frame, orientation: Orientation, width: number | undefined): [number, number] {
  const { num, den } = frame.sampleAspectRatio;
  const [full, high] = squared(frame, num > 0 && den > 0 ? num / den : 1);
  const across = orientation.sideways ? high : full;
  if (width === undefined || width >= across) return [full, high];
  const even = (pixels: number) => Math.max(2, Math.round((pixels * width) / across / 2) * 2);
  return [even(full), even(high)];
}

/** Averaging over the source keeps a small picture free of aliasing, and is twice as fast as with exact rounding. */
const shrinking = 'area';
const converting = 'bilinear+accurate_rnd+full_chroma_int';

/** Recordings that do not name their matrix follow convention: BT.709 from 720 lines up, BT.601 below. */
function inputColours(frame: Frame): string {
  const lines = Math.min(frame.width, frame.height);
  const matrix = frame.colorSpace !== AVCOL_SPC_UNSPECIFIED ? 'auto' : lines >= 720 ? 'bt709' : 'bt601';
  return `in_color_matrix=${matrix}:in_range=${frame.colorRange === AVCOL_RANGE_JPEG ? 'full' : 'auto'}`;
}

/**
 * Maps HDR to a standard screen. HDR puts paper white at 203 cd/m² (ITU-R BT.2408, table 1), so that becomes white here
 * too. The Möbius curve leaves darker colours unchanged and compresses only the highlights, up to 1000 cd/m².
 */
function toneMapping(frame: Frame): string {
  const transfer = frame.colorTrc === AVCOL_TRC_SMPTE2084 ? 'smpte2084' : 'arib-std-b67';
  const range = frame.colorRange === AVCOL_RANGE_JPEG ? 'full' : 'limited';
  return [
    `zscale=tin=${transfer}:pin=bt2020:min=bt2020nc:rin=${range}:t=linear:npl=203`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=mobius:peak=4.9:desat=0',
    'zscale=t=iec61966-2-1:m=gbr:r=full',
    'format=gbrp',
    'scale',
    'format=rgb24',
  ].join(',');
}
