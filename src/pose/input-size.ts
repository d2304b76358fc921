/** As many pixels as 512 × 288 have: there the model found 43 of 44 players, and takes a fifth of a second. */
const pixels = 512 * 288;
/** The model takes sides that are multiples of this. */
const step = 32;

/** The size at which a picture is shown to the model: about the same shape, always about as many pixels. */
export function inputSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.sqrt(pixels / (width * height));
  const side = (length: number) => Math.max(step, Math.round((length * scale) / step) * step);
  return { width: side(width), height: side(height) };
}
