import type { Context } from 'hono';
import { badRequest } from './google-answer.ts';
import { etag } from './video-resource.ts';

/** The shape of every list call's answer. */
export function list(
  c: Context,
  kind: string,
  items: readonly object[],
  page: { total: number; size: number; next?: string | undefined },
): Response {
  const { total, size, next } = page;
  const pageInfo = { totalResults: total, resultsPerPage: size };
  return c.json({ kind, etag: etag(items), ...(next ? { nextPageToken: next } : {}), pageInfo, items });
}

/**
 * The page a list call asks for. A page token names the last entry of the previous page, so that new entries in between
 * shift nothing.
 * @throws GoogleError invalidParameter, invalidPageToken
 */
export function readPage<T>(c: Context, all: readonly T[], idOf: (entry: T) => string, domain: string) {
  const size = readPageSize(c.req.query('maxResults'));
  const token = c.req.query('pageToken');
  const before = token === undefined ? -1 : all.findIndex((entry) => idOf(entry) === decode(token));
  if (token !== undefined && before < 0) throw badRequest('invalidPageToken', 'The page token is not valid', domain);
  const from = before + 1;
  const entries = all.slice(from, from + size);
  const last = from + size < all.length ? entries.at(-1) : undefined;
  return { entries, from, total: all.length, size, next: last && Buffer.from(idOf(last)).toString('base64url') };
}

function readPageSize(value: string | undefined): number {
  const size = value === undefined ? 5 : Number(value);
  if (!Number.isInteger(size) || size < 0 || size > 50) throw badRequest('invalidParameter', 'maxResults is 0 to 50');
  return size;
}

const decode = (token: string) => Buffer.from(token, 'base64url').toString();
