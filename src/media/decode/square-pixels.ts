import type { Frame, Rational, Stream } from 'node-av/lib';

type Ratio = Pick<Rational, 'num' | 'den'>;

/** An aspect ratio of pixels beyond this, or its inverse, is a mistake. */
const believable = 4;

/**
 * The width of a picture's pixels divided by their height: 4/3 for cameras that store 1440 × 1080. The container takes
 * precedence over the video stream, as in every player; 1 if the value is missing or not believable.
 */
export function pixelAspect(video: Stream, frame?: Frame): number {
  const told = [video.sampleAspectRatio, frame?.sampleAspectRatio ?? video.codecpar.sampleAspectRatio];
  const ratio = told.find((ratio): ratio is Rational => isTold(ratio));
  const aspect = ratio ? ratio.num / ratio.den : 1;
  return aspect > believable || aspect < 1 / believable ? 1 : aspect;
}

const isTold = (ratio: Ratio | undefined) => ratio !== undefined && ratio.num > 0 && ratio.den > 0;

/** The size of a stored picture once its pixels are square: one side grows, so that no detail of the other is lost. */
export function squared({ width, height }: { width: number; height: number }, aspect: number): [number, number] {
  const even = (pixels: number) => Math.round(pixels / 2) * 2;
  if (Math.abs(aspect - 1) < 0.001) return [width, height];
  return aspect > 1 ? [even(width * aspect), height] : [width, even(height / aspect)];
}
