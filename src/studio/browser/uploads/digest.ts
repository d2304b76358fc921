import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const parts = 16;
const partBytes = 64 * 1024;

/**
 * SHA-256 of parts of a file from its beginning to its end, in hexadecimal: enough to recognise a recording, and as fast
 * for one of 8 GB as for a small one. The browser's own digests exist in secure contexts only, not on a phone on plain
 * HTTP.
 * @throws DOMException when the file can no longer be read
 */
export async function digestOf(file: Blob): Promise<string> {
  const hash = sha256.create();
  for (const [from, to] of partsOf(file.size)) hash.update(new Uint8Array(await file.slice(from, to).arrayBuffer()));
  return bytesToHex(hash.digest());
}

/** The whole of a small file, else equal parts at equal distances, the first at its beginning, the last at its end. */
export function partsOf(size: number): [from: number, to: number][] {
  if (size <= parts * partBytes) return [[0, size]];
  return Array.from({ length: parts }, (_, at) => {
    const from = Math.floor((at * (size - partBytes)) / (parts - 1));
    return [from, from + partBytes];
  });
}
