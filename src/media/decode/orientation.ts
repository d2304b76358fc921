import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';
import type { Stream } from 'node-av/lib';
import type { Rotation } from '../recording-info.ts';

export interface Orientation {
  rotation: Rotation;
  /** Turned by 90° or 270°, so that width and height are swapped. */
  sideways: boolean;
  /** FFmpeg filters that make the stored picture upright, in order. */
  filters: string[];
}

/**
 * Reads the display matrix of a stream: nine 32-bit integers, of which the four that turn and mirror are 16.16 fixed
 * point (ISO/IEC 14496-12, "Track Header Box"). Angles are rounded to quarter turns.
 */
export function orientationOf(video: Stream): Orientation {
  const matrix = video.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (!matrix || matrix.length < 36) return { rotation: 0, sideways: false, filters: [] };
  const at = (index: number) => matrix.readInt32LE(index * 4);
  const [a, b, c, d] = [at(0), at(1), at(3), at(4)];
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  const rotation = ((((Math.round(degrees / 90) % 4) + 4) % 4) * 90) as Rotation;
  const mirrored = a * d - b * c < 0;
  return { rotation, sideways: rotation % 180 === 90, filters: uprightFilters(rotation, mirrored) };
}

function uprightFilters(rotation: Rotation, mirrored: boolean): string[] {
  const turn = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] }[rotation];
  // The turn is measured on the x axis, so mirroring flips the y axis, and does so before the turn.
  return mirrored ? ['vflip', ...turn] : turn;
}
