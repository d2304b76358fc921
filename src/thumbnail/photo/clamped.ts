/** The same bytes; writes to it are rounded and clamped to 0..255. */
export const clamped = ({ buffer, byteOffset, length }: Buffer): Uint8ClampedArray =>
  new Uint8ClampedArray(buffer, byteOffset, length);
