import { badRequest } from './google-answer.ts';
import type { StoredSession } from './sessions.ts';

const unitBytes = 262_144;

/** What a PUT to a session wants: to ask for the status, or to write the bytes `start` ≤ n < `end`. */
export type RangeRequest =
  | { readonly kind: 'question' }
  | { readonly kind: 'chunk'; readonly start: number; readonly end: number; readonly size: number };

/**
 * Checks a PUT against the session: "Resumable Uploads", Step 3, Step 4.1 and "Uploading a file in chunks".
 *
 * @throws GoogleError for each mistake a client can make
 */
export function readRangeRequest(
  session: StoredSession,
  headers: { contentRange: string | undefined; contentLength: string | undefined; contentType: string | undefined },
): RangeRequest {
  const { contentRange, contentType } = headers;
  const length = headers.contentLength === undefined ? undefined : Number(headers.contentLength);

  const question = /^bytes \*\/(\d+|\*)$/.exec(contentRange ?? '');
  if (question) {
    if (length) throw mistake('A question about a session has no body');
    if (question[1] !== '*') checkTotal(session, Number(question[1]));
    return { kind: 'question' };
  }

  if (contentType !== undefined && contentType !== session.contentType) {
    throw mistake('The Content-Type is not the X-Upload-Content-Type of the session');
  }
  const chunk = contentRange === undefined ? wholeFile(length) : readChunk(contentRange);
  const { start, end, size } = chunk;
  checkTotal(session, size);
  if (end <= start || end > size) throw mistake('The Content-Range does not fit into the file');
  if (start !== session.stored) throw mistake(`The chunk begins at ${start}; ${session.stored} bytes are stored`);
  if (end < size && (end - start) % unitBytes !== 0) {
    throw mistake(`A chunk other than the last must be a multiple of ${unitBytes} bytes`);
  }
  if (length !== undefined && length !== end - start) throw mistake('Content-Length and Content-Range disagree');
  return chunk;
}

/** What is kept of an interrupted chunk. */
export function wholeUnits(bytes: number): number {
  return bytes - (bytes % unitBytes);
}

function readChunk(contentRange: string) {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(contentRange);
  if (!match) throw mistake('The Content-Range is malformed');
  const [start = 0, last = 0, size = 0] = match.slice(1).map(Number);
  return { kind: 'chunk', start, end: last + 1, size } as const;
}

/** Without a Content-Range the body is the whole file. */
function wholeFile(length: number | undefined) {
  if (!length) throw badRequest('mediaBodyRequired', 'The request has no media', 'youtube.video');
  return { kind: 'chunk', start: 0, end: length, size: length } as const;
}

function checkTotal(session: StoredSession, size: number): void {
  if (session.size !== undefined && session.size !== size) {
    throw mistake(`The session is for ${session.size} bytes in all, not ${size}`);
  }
}

function mistake(message: string) {
  return badRequest('badRequest', message);
}
