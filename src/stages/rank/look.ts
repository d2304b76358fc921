/** One key frame, reduced to what ranking needs: small enough to keep thousands of them. */
export interface Look {
  /** Seconds. */
  readonly time: number;
  /** Luma, `height × width`, 0 to 255. */
  readonly luma: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Gradient energy of each cell of the luma picture, `height × width`, at the resolution of the scan. */
  readonly detail: Uint8Array;
}

export interface ScannedFrame {
  readonly time: number;
  readonly width: number;
  readonly height: number;
  /** RGB24, `height × width × 3`. */
  readonly data: Uint8Array;
}

const cell = 2;

/** Halves a scanned frame to luma and keeps, per cell, how much fine detail the full scan showed there. */
export function lookAt({ time, width, height, data }: ScannedFrame): Look {
  const full = toLuma(data, width * height);
  const columns = Math.floor(width / cell);
  const rows = Math.floor(height / cell);
  const luma = new Uint8Array(columns * rows);
  const detail = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * cell * width + column * cell;
      const [a, b, c, d] = [full[at] ?? 0, full[at + 1] ?? 0, full[at + width] ?? 0, full[at + width + 1] ?? 0];
      const index = row * columns + column;
      luma[index] = (a + b + c + d) / 4;
      detail[index] = Math.min(255, Math.abs(a - d) + Math.abs(b - c));
    }
  }
  return { time, luma, detail, width: columns, height: rows };
}

/** ITU-R BT.709 luma weights. */
function toLuma(rgb: Uint8Array, pixels: number): Uint8Array {
  const luma = new Uint8Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = pixel * 3;
    luma[pixel] = 0.2126 * (rgb[at] ?? 0) + 0.7152 * (rgb[at + 1] ?? 0) + 0.0722 * (rgb[at + 2] ?? 0);
  }
  return luma;
}
