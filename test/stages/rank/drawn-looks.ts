import type { Miniature } from '../../../src/stages/rank/miniature.ts';

export interface Blob {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0 to 255; 220 by default. */
  readonly luma?: number;
  /** 0 to 255; 60 by default. */
  readonly detail?: number;
}

export const court = { width: 100, height: 60, luma: 80 };

/** A look at an empty court of one brightness with these blobs on it. */
export function look(time: number, ...blobs: Blob[]): Miniature {
  const { width, height } = court;
  const luma = new Uint8Array(width * height).fill(court.luma);
  const detail = new Uint8Array(width * height);
  for (const blob of blobs) {
    for (let y = blob.y; y < blob.y + blob.height; y++) {
      const row = y * width;
      luma.fill(blob.luma ?? 220, row + blob.x, row + blob.x + blob.width);
      detail.fill(blob.detail ?? 60, row + blob.x, row + blob.x + blob.width);
    }
  }
  return { time, width, height, luma, detail };
}

export const background = () => new Uint8Array(court.width * court.height).fill(court.luma);
