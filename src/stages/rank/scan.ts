import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { type ScanOptions, type ScanResult, scanKeyFrames } from '../../media/index.ts';
import { type Miniature, miniatureOf } from './miniature.ts';

/** What one pass over the recording leaves. All lists are in chronological order, one entry per look. */
export interface Scan {
  readonly looks: readonly Miniature[];
  /** The same moments as JPEG pictures, for the pose model. */
  readonly pictures: readonly Uint8Array[];
  /** Pixels of these pictures. */
  readonly pictureSize: { readonly width: number; readonly height: number };
  /** The unreadable parts of the recording. */
  readonly losses: Pick<ScanResult, 'cutOff' | 'damaged'>;
}

/** The width at which the pose model still finds the players beyond the net. */
const pictureWidth = 512;

export type DecoderLimits = Pick<ScanOptions, 'memoryLimitBytes' | 'stallTimeoutMs'>;

/** @param onFraction how much of the recording has been scanned, 0 to 1, and the number of key frames so far */
export async function scanRecording(
  videoPath: string,
  signal: AbortSignal,
  onFraction: (fraction: number, keyFrames: number) => void,
  limits: DecoderLimits = {},
): Promise<Scan> {
  const looks: Miniature[] = [];
  const pictures: Promise<Uint8Array>[] = [];
  let pictureSize = { width: 1, height: 1 };
  const { cutOff, damaged } = await scanKeyFrames(videoPath, {
    ...limits,
    width: pictureWidth,
    signal,
    onFrame: async (frame) => {
      looks.push(miniatureOf(frame));
      const { data, width, height } = frame;
      pictureSize = { width, height };
      const picture = sharp(data, { raw: { width, height, channels: 3 } })
        // Shorter Huffman tables would save 3 % of the bytes and take as long as all the rest.
        .jpeg({ quality: 92, optimiseCoding: false })
        .toBuffer();
      picture.catch(() => {});
      pictures.push(picture);
      // Raw frames must not pile up behind the encoder.
      await pictures.at(-1 - availableParallelism());
    },
    onProgress: (fraction) => onFraction(fraction, looks.length),
  });
  const losses = { ...(cutOff && { cutOff }), ...(damaged && { damaged }) };
  return { looks, pictures: await Promise.all(pictures), pictureSize, losses };
}
