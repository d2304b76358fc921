import { FileChangedError, UploadInterruptedError } from './errors.ts';
import { createPatience, defaultRetryPolicy } from './retry.ts';
import { chunkUnitBytes, type UploadSession } from './session.ts';
import { createSessionClient, type SessionClient } from './session-client.ts';
import { openSource, type SourceFile } from './source-file.ts';
import { startSession } from './start-session.ts';
import type { ResumableUpload } from './upload-options.ts';
import type { Wait } from './verdict.ts';

const nothingStored: Wait = { kind: 'wait', why: 'nothing was stored' };

export interface UploadResult {
  /** The server's final JSON answer. */
  readonly answer: unknown;
  /** Hexadecimal SHA-256 of the bytes that were sent; undefined only for a session that was stored without one. */
  readonly sha256: string | undefined;
}

/**
 * Uploads a file over Google's resumable protocol ("Resumable Uploads", YouTube Data API guides) to any server that
 * speaks it. A session found in `store` is asked how much it holds before a byte is sent; a new one is stored first.
 * After success the session stays in the store: the caller clears it once the answer is recorded, because until then
 * the session can give the same answer again.
 *
 * @throws SessionLostError, RejectedError, UploadInterruptedError, FileChangedError; what `authorize`, `beforeChunk`
 *   and `store` throw; the signal's reason
 */
export async function uploadResumable(upload: ResumableUpload): Promise<UploadResult> {
  if (!(upload.chunkBytes > 0) || upload.chunkBytes % chunkUnitBytes !== 0) {
    throw new RangeError(`chunkBytes must be a multiple of ${chunkUnitBytes}`);
  }
  if (!(upload.size > 0)) throw new RangeError('A file of 0 bytes cannot be uploaded');
  const source = await openSource(upload.file);
  try {
    const stored = await upload.store.load();
    const { session, isNew } = stored ? { session: stored, isNew: false } : await openSession(upload, source);
    const client = createSessionClient({ upload, session, source });
    try {
      const answer = await drive(upload, client, isNew ? 0 : undefined);
      return { answer, sha256: client.sha256() };
    } finally {
      client.close();
    }
  } finally {
    await source.close();
  }
}

async function openSession(
  upload: ResumableUpload,
  source: SourceFile,
): Promise<{ session: UploadSession; isNew: boolean }> {
  const { size, modifiedNs } = await source.stat();
  if (size !== upload.size) throw new FileChangedError(`it has ${size} bytes, not ${upload.size}`, 'nothing');
  const url = await startSession(upload);
  // Another sender may have been quicker; the session nobody knows about holds nothing and becomes nothing.
  const stored = await upload.store.load();
  if (stored) return { session: stored, isNew: false };
  const session = {
    url,
    size,
    fileModifiedNs: modifiedNs,
    createdAt: new Date().toISOString(),
    sent: 'nothing',
  } as const;
  await upload.store.save(session);
  return { session, isNew: true };
}

/** @param position how much the server holds, in bytes; undefined: the server has to be asked */
async function drive(upload: ResumableUpload, client: SessionClient, position: number | undefined): Promise<unknown> {
  const patience = createPatience({ ...defaultRetryPolicy, ...upload.retry }, upload.signal);
  let refresh = false;
  let furthest = 0;
  let refused: { at: number; error: Error } | undefined;

  for (;;) {
    upload.signal?.throwIfAborted();
    const asking = position === undefined;
    const verdict = position === undefined ? await client.ask(refresh) : await client.sendChunk(position, refresh);

    if (verdict.kind === 'complete') return verdict.answer;
    if (verdict.kind === 'lost') throw client.lost(verdict.status);
    if (verdict.kind === 'unauthorized') {
      if (refresh) throw client.rejected(verdict.api);
      refresh = true;
      position = undefined;
      continue;
    }
    refresh = false;

    if (verdict.kind === 'rejected') {
      // A chunk may be refused because another sender advanced the session; what it holds now decides.
      if (asking || position === undefined) throw client.rejected(verdict.api);
      refused = { at: position, error: client.rejected(verdict.api) };
      position = undefined;
      continue;
    }
    if (verdict.kind === 'stored') {
      if (refused?.at === verdict.bytes) throw refused.error;
      const afterRefusal = refused !== undefined;
      refused = undefined;
      upload.onProgress?.({ sent: verdict.bytes, total: upload.size });
      // All bytes stored and still no answer: nothing left to send, so only ask.
      position = verdict.bytes < upload.size ? verdict.bytes : undefined;
      if (verdict.bytes > furthest) patience.reset();
      const stuck = position === undefined || (verdict.bytes <= furthest && (!asking || afterRefusal));
      furthest = Math.max(furthest, verdict.bytes);
      if (!stuck) continue;
    } else position = undefined;

    const wait = verdict.kind === 'wait' ? verdict : nothingStored;
    if (!(await patience.pause(wait.retryAfterMs))) {
      const message = `The upload stopped at ${furthest} of ${upload.size} bytes: ${wait.why}`;
      throw new UploadInterruptedError('session', message, client.sent(), wait);
    }
  }
}
