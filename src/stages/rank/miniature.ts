/** One key frame, reduced to what ranking needs: small enough to keep thousands of them. */
export interface Miniature {
  /** Seconds. */
  readonly time: number;
  /** Luma, `height × width`, 0 to 255. */
  readonly luma: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Root mean square of the gradient in each cell, `height × width`, at the resolution of the scan. */
  readonly detail: Uint8Array;
}

export interface ScannedFrame {
  readonly time: number;
  readonly width: number;
  readonly height: number;
  /** RGB24, `height × width × 3`. */
  readonly data: Uint8Array;
}

/** Looks are about this wide, whatever the width of the scan. */
const lookWidth = 160;

/** Reduces a scanned frame to the mean luma of cells, and keeps per cell how much fine detail the scan showed there. */
export function miniatureOf({ time, width, height, data }: ScannedFrame): Miniature {
  const cell = Math.max(2, Math.round(Math.max(width, height) / lookWidth));
  const full = toLuma(data, width * height);
  const columns = Math.floor(width / cell);
  const rows = Math.floor(height / cell);
  const luma = new Uint8Array(columns * rows);
  const detail = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      let gradient = 0;
      for (let y = row * cell; y < (row + 1) * cell; y++) {
        for (let x = column * cell; x < (column + 1) * cell; x++) {
          const at = y * width + x;
          const value = full[at] ?? 0;
          sum += value;
          const right = x + 1 < width ? (full[at + 1] ?? value) : value;
          const below = full[at + width] ?? value;
          gradient += (value - right) ** 2 + (value - below) ** 2;
        }
      }
      const index = row * columns + column;
      luma[index] = sum / (cell * cell);
      detail[index] = Math.min(255, Math.sqrt(gradient / (cell * cell)));
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
