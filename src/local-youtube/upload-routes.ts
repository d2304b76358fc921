import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { readRangeRequest, wholeUnits } from './content-range.ts';
import type { LocalYouTubeEnv } from './env.ts';
import { type Interruption, interrupt, isInterruption } from './faults.ts';
import { badRequest, GoogleError, googleError } from './google-answer.ts';
import { createLocks } from './locks.ts';
import { applyMetadata } from './metadata-rules.ts';
import { receiveChunk } from './receive-chunk.ts';
import { readJsonBody } from './request-body.ts';
import type { Sessions, StoredSession } from './sessions.ts';
import { receiveSimpleUpload } from './simple-upload.ts';
import { readVideoParts } from './video-resource.ts';

/** Milliseconds a request waits for another one on the same session before it is refused. */
const busyMs = 5_000;

/**
 * `videos.insert`: in one request, or over the resumable protocol: opening a session, writing to it, asking for its
 * status.
 */
export function uploadRoutes(sessions: Sessions): Hono<LocalYouTubeEnv> {
  const app = new Hono<LocalYouTubeEnv>();
  const locks = createLocks();

  app.post('/videos', async (c) => {
    const uploadType = c.req.query('uploadType');
    if (uploadType === 'media' || uploadType === 'multipart') return insertAtOnce(c, sessions);
    if (uploadType !== 'resumable')
      throw badRequest('badRequest', 'The uploadType must be resumable, multipart or media');
    const contentType = c.req.header('x-upload-content-type') ?? '';
    if (!isVideoType(contentType)) {
      throw badRequest('badContent', 'X-Upload-Content-Type must be video/* or application/octet-stream');
    }
    const size = readLength(c.req.header('x-upload-content-length'));
    const parts = readVideoParts(c.req.queries('part') ?? []);
    const metadata = applyMetadata(await readJsonBody(c), parts);
    const session = await sessions.start({ contentType, size, metadata, parts });
    const address = new URL(c.req.url);
    address.searchParams.set('upload_id', session.id);
    return c.body(null, 200, { location: address.href, 'x-guploader-uploadid': session.id });
  });

  app.put('/videos', async (c) => {
    const id = c.req.query('upload_id') ?? '';
    if (!sessions.get(id)) throw new GoogleError(404, 'notFound', 'There is no such upload session');
    const release = await locks.acquire(id, busyMs);
    if (!release) throw new GoogleError(503, 'backendError', 'Another request is writing into this session');
    let interruption: Interruption;
    try {
      const session = sessions.get(id);
      if (!session || c.env.incoming.destroyed) return RESPONSE_ALREADY_SENT;
      const outcome = await writeOrTell(c, sessions, session);
      if (outcome instanceof Response) return outcome;
      interruption = outcome;
    } finally {
      release();
    }
    // Not under the lock: a hanging connection does not keep others from the session.
    return interrupt(interruption, c.env, (error, headers) => googleError(c, error, headers));
  });

  return app;
}

async function insertAtOnce(c: Context<LocalYouTubeEnv>, sessions: Sessions): Promise<Response> {
  const parts = readVideoParts(c.req.queries('part') ?? []);
  const upload = await receiveSimpleUpload(c, sessions.receivingFile());
  try {
    const { resource, contentType, size } = upload;
    if (!isVideoType(contentType))
      throw badRequest('badContent', 'The media must be video/* or application/octet-stream');
    const titled = resource.snippet === undefined ? { ...resource, snippet: { title: 'unknown' } } : resource;
    const metadata = applyMetadata(titled, ['snippet', ...parts]);
    const session = await sessions.start({ contentType, size, metadata, parts });
    await upload.save(sessions.partFile(session.id));
    return c.json((await sessions.advance(session, size)).answer as object);
  } finally {
    await upload.discard();
  }
}

function isVideoType(contentType: string): boolean {
  return /^video\/[\w.+-]+$|^application\/octet-stream$/.test(contentType);
}

async function writeOrTell(
  c: Context<LocalYouTubeEnv>,
  sessions: Sessions,
  session: StoredSession,
): Promise<Response | Interruption> {
  if (session.answer !== undefined) return c.json(session.answer as object);
  const request = readRangeRequest(session, {
    contentRange: c.req.header('content-range'),
    contentLength: c.req.header('content-length'),
    contentType: c.req.header('content-type'),
  });
  if (request.kind === 'question') return tellStored(c, session);

  const fault = c.get('fault');
  const limit = fault && 'afterBytes' in fault ? fault.afterBytes : undefined;
  const { start, end, size } = request;
  const received = await receiveChunk(c.env.incoming, sessions.partFile(session.id), {
    start,
    length: end - start,
    limit,
  });
  if (received.end === 'longer') throw badRequest('badRequest', 'The body is longer than the Content-Range');

  const whole = received.end === 'whole' ? received.bytes : wholeUnits(received.bytes);
  const kept = fault?.kind === 'keep' ? Math.min(whole, fault.bytes) : whole;
  const advanced = await sessions.advance({ ...session, size }, start + kept);
  if (received.end === 'limit' && fault && isInterruption(fault)) return fault;
  if (received.end === 'cut') return RESPONSE_ALREADY_SENT;
  return advanced.answer === undefined ? tellStored(c, advanced) : c.json(advanced.answer as object);
}

/** 308 Resume Incomplete, with what is stored; without a Range if that is nothing. */
function tellStored(c: Context<LocalYouTubeEnv>, { stored }: StoredSession): Response {
  return c.body(null, 308, stored > 0 ? { range: `bytes=0-${stored - 1}` } : {});
}

function readLength(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const length = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(length) || length === 0) {
    throw badRequest('badRequest', 'X-Upload-Content-Length must be the number of bytes of the video');
  }
  return length;
}
