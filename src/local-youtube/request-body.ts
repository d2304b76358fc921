import type { Context } from 'hono';
import type { LocalYouTubeEnv } from './env.ts';
import { badRequest, GoogleError } from './google-answer.ts';

/** @throws GoogleError 413 beyond `largest` bytes */
export async function readBody(c: Context<LocalYouTubeEnv>, largest: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of c.env.incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > largest) {
      throw new GoogleError(413, 'uploadTooLarge', `Media is too large. Limit: ${largest}`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** @throws GoogleError for anything but a JSON object of at most a megabyte */
export async function readJsonBody(c: Context<LocalYouTubeEnv>): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw badRequest('badContent', 'The Content-Type must be application/json');
  }
  const body = await readBody(c, 1_048_576);
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw badRequest('parseError', 'The body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('parseError', 'The body is not an object');
  }
  return value as Record<string, unknown>;
}

/** The fields of a form, of at most 64 KiB. */
export async function readForm(c: Context<LocalYouTubeEnv>): Promise<URLSearchParams> {
  return new URLSearchParams((await readBody(c, 65_536)).toString('utf8'));
}
