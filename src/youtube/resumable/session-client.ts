import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { ApiError } from './api-error.ts';
import { FileChangedError, RejectedError, SessionLostError } from './errors.ts';
import { type Answer, ConnectionLostError, exchange, type WriteBytes } from './exchange.ts';
import type { Sent, Session } from './session.ts';
import { FileTruncatedError, type SourceFile } from './source-file.ts';
import type { ResumableUpload } from './upload-options.ts';
import { readVerdict, type Verdict } from './verdict.ts';

/** The two requests of an open session, and what is known about what was sent in it. */
export interface SessionClient {
  /** Asks how much is stored; sends nothing of the file. */
  ask(refresh: boolean): Promise<Verdict>;
  /** Sends the chunk that begins at byte `position`. */
  sendChunk(position: number, refresh: boolean): Promise<Verdict>;
  sent(): Sent;
  lost(status: number): SessionLostError;
  rejected(api: ApiError): RejectedError;
  close(): void;
}

/** @throws FileChangedError when the session was opened for a file of another size */
export function createSessionClient(parts: {
  upload: ResumableUpload;
  session: Session;
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

  /** Announced before it happens, and never taken back: a crash in between must err on the safe side. */
  const announce = async (sent: Sent) => {
    if (session.sent === sent || session.sent === 'all') return;
    session = { ...session, sent };
    await upload.store.save(session);
  };

  const assertUnchanged = async () => {
    const now = await source.stat();
    if (now.size !== size) throw new FileChangedError(`it has ${now.size} bytes, not ${size}`, session.sent);
    if (now.modifiedNs !== session.fileModifiedNs) {
      throw new FileChangedError('it was modified since the upload began', session.sent);
    }
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
      const end = Math.min(position + upload.chunkBytes, size);
      await upload.beforeChunk?.();
      await assertUnchanged();
      await announce(end === size ? 'all' : 'some');
      const writeBody = async (write: WriteBytes) => {
        let sent = position;
        const report: WriteBytes = async (bytes) => {
          await write(bytes);
          sent += bytes.length;
          upload.onProgress?.({ sent, total: size });
        };
        await source.send(position, end, report, assertUnchanged);
      };
      return put(refresh, `bytes ${position}-${end - 1}/${size}`, end - position, writeBody);
    },

    sent: () => session.sent,
    lost: (status) => new SessionLostError(status, session.sent),
    rejected: (api) => new RejectedError('session', api, session.sent),
    close: () => agent.destroy(),
  };
}
