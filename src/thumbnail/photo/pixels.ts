/** Pixels in rows, three bytes (red, green, blue, sRGB) each: `height × width × 3`. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}
