import type { IncomingMessage } from 'node:http';

/** Bytes; the largest picture is one of 1920 pixels. */
export const mostBytes = 32 * 1024 ** 2;

/** The whole answer; undefined if it is too large. @throws Error if it breaks off */
export async function readAnswer(answer: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) {
      answer.destroy();
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
