import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { ApiError } from './api-error.ts';
import { createChunkSize } from './chunk-size.ts';
import { FileChangedError, RejectedError, SessionLostError } from './errors.ts';
import { type Answer, ConnectionLostError, exchange, type WriteBytes } from './exchange.ts';
import { createPortions } from './portions.ts';
import { FileTruncatedError } from './reader-thread.ts';
import type { Sent, UploadSession } from './session.ts';
import type { SourceFile } from './source-file.ts';
import type { ResumableUpload } from './upload-options.ts';
import { readVerdict, type Verdict } from './verdict.ts';

/** The two requests of an open session, and what is known to have been sent in it. */
export interface SessionClient {
  /** Asks how much is stored; sends nothing of the file. */
  ask(refresh: boolean): Promise<Verdict>;
  /** Sends the chunk that begins at byte `position`. */
  sendChunk(position: number, refresh: boolean): Promise<Verdict>;
  sent(): Sent;
  /**
   * Of the whole file; undefined when the last byte was never announced, or was announced by a program that did not
   * hash.
   */
  sha256(): string | undefined;
  lost(status: number): SessionLostError;
  rejected(api: ApiError): RejectedError;
  close(): void;
}

const rank: Readonly<Record<Sent, number>> = { nothing: 0, some: 1, all: 2 };

function furthest(one: Sent, other: Sent): Sent {
  return rank[one] > rank[other] ? one : other;
}

/** @throws FileChangedError when the session was opened for a file of a different size */
export function createSessionClient(parts: {
  upload: ResumableUpload;
  session: UploadSession;
  source: SourceFile;
}): SessionClient {
  const { upload, source } = parts;
  const { size } = upload;
  let { session } = parts;
  if (session.size !== size) {
    throw new FileChangedError(`the session is for ${session.size} bytes, not ${size}`, session.sent);
  }
  const url = URL.parse(session.url);
  if (!url) throw new TypeError('The stored upload session has no usable address');
  const agent = new (url.protocol === 'https:' ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 1 });

  const chunkSize = createChunkSize(upload.chunkBytes);
  const writeInPortions = createPortions(upload.limit, upload.signal);
  let begun = false;
  let progress = { sent: 0, total: size };
  const tellProgress = () => upload.onProgress?.(progress);

  /** Announced beforehand and never retracted: a crash in between must err on the safe side. */
  const save = async (changes: Partial<UploadSession>) => {
    const stored = await upload.store.load();
    // Another sender on this session may have announced more than this one knows of.
    const latest = stored?.url === session.url && rank[stored.sent] > rank[session.sent] ? stored : session;
    session = { ...latest, ...changes, sent: furthest(latest.sent, changes.sent ?? latest.sent) };
    await upload.store.save(session);
  };

  const wholeHash = async () => {
    try {
      // It may have to be read anew: a slow disk is at work for long.
      return await source.sha256(size, upload.signal, tellProgress);
    } catch (error) {
      throw error instanceof FileTruncatedError ? new FileChangedError('it became shorter', session.sent) : error;
    }
  };

  const assertUnchanged = async () => {
    const now = await source.stat();
    if (now.size !== size) throw new FileChangedError(`it has ${now.size} bytes, not ${size}`, session.sent);
    if (now.modifiedNs !== session.fileModifiedNs) {
      throw new FileChangedError('it was modified since the upload began', session.sent);
    }
  };

  /** A file that was merely touched, or copied back, is still the same file if its full hash matches. */
  const acceptTouched = async () => {
    const { size: bytes, modifiedNs } = await source.stat();
    if (bytes !== size || modifiedNs === session.fileModifiedNs || session.sha256 === undefined) return;
    if ((await wholeHash()) === session.sha256) await save({ fileModifiedNs: modifiedNs });
  };

  const announce = async (sent: Sent) => {
    if (rank[session.sent] >= rank[sent]) return;
    const sha256 = sent === 'all' ? await wholeHash() : undefined;
    if (sha256) await assertUnchanged();
    await save(sha256 ? { sent, sha256 } : { sent });
  };

  const put = async (
    refresh: boolean,
    contentRange: string,
    bodyBytes: number,
    writeBody?: (write: WriteBytes) => Promise<void>,
  ): Promise<Verdict> => {
    const authorization = await upload.authorize({ refresh });
    let answer: Answer;
    try {
      answer = await exchange({
        method: 'PUT',
        url,
        headers: { ...authorization, 'content-type': upload.contentType, 'content-range': contentRange },
        bodyBytes,
        ...(writeBody ? { writeBody } : {}),
        stallTimeoutMs: upload.stallTimeoutMs,
        agent,
        signal: upload.signal,
      });
    } catch (error) {
      if (error instanceof ConnectionLostError) return { kind: 'wait', why: error.message };
      if (error instanceof FileTruncatedError) throw new FileChangedError('it became shorter', session.sent);
      throw error;
    }
    return readVerdict(answer, size, Date.now());
  };

  return {
    ask: (refresh) => put(refresh, `bytes */${size}`, 0),

    async sendChunk(position, refresh) {
      const end = chunkSize.end(position, size);
      progress = { sent: position, total: size };
      await upload.beforeChunk?.();
      if (!begun) await acceptTouched();
      begun = true;
      await assertUnchanged();
      await announce(end === size ? 'all' : 'some');
      const writeBody = async (write: WriteBytes) => {
        let sent = position;
        const onWritten = (bytes: number) => {
          sent += bytes;
          progress = { sent, total: size };
          tellProgress();
        };
        await source.send(position, end, (block) => writeInPortions(block, write, onWritten), assertUnchanged);
      };
      const begin = performance.now();
      const verdict = await put(refresh, `bytes ${position}-${end - 1}/${size}`, end - position, writeBody);
      if (verdict.kind === 'wait') chunkSize.failed();
      else if (verdict.kind === 'stored') chunkSize.succeeded(verdict.bytes - position, performance.now() - begin);
      return verdict;
    },

    sha256: () => session.sha256,
    sent: () => session.sent,
    lost: (status) => new SessionLostError(status, session.sent),
    rejected: (api) => new RejectedError('session', api, session.sent),
    close: () => agent.destroy(),
  };
}
