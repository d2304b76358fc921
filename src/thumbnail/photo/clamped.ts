/** The same bytes, written with what is too small or too large cut to 0 or 255, and rounded. */
export const clamped = ({ buffer, byteOffset, length }: Buffer): Uint8ClampedArray =>
  new Uint8ClampedArray(buffer, byteOffset, length);
