import type { Frame, Rational, Stream } from 'node-av/lib';

type Ratio = Pick<Rational, 'num' | 'den'>;

/** Pixels that are wider or narrower than this by so many times are a mistake. */
const believable = 4;

/**
 * How wide the pixels of a picture are for their height: 4/3 with cameras that store 1440 × 1080. What the container says
 * goes before what the stream of pictures says, as in every player; 1 where neither says anything believable.
 */
export function pixelAspect(video: Stream, frame?: Frame): number {
  const told = [video.sampleAspectRatio, frame?.sampleAspectRatio ?? video.codecpar.sampleAspectRatio];
  const ratio = told.find((ratio): ratio is Rational => isTold(ratio));
  const aspect = ratio ? ratio.num / ratio.den : 1;
  return aspect > believable || aspect < 1 / believable ? 1 : aspect;
}

const isTold = (ratio: Ratio | undefined) => ratio !== undefined && ratio.num > 0 && ratio.den > 0;

/** The pixels of a stored picture once they are square: one side grows, so that nothing of the other is lost. */
export function squared({ width, height }: { width: number; height: number }, aspect: number): [number, number] {
  const even = (pixels: number) => Math.round(pixels / 2) * 2;
  if (Math.abs(aspect - 1) < 0.001) return [width, height];
  return aspect > 1 ? [even(width * aspect), height] : [width, even(height / aspect)];
}
