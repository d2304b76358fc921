import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { readApiError } from './api-error.ts';
import { RejectedError, UploadInterruptedError } from './errors.ts';
import { type Answer, ConnectionLostError, exchange } from './exchange.ts';
import { createPatience, defaultRetryPolicy } from './retry.ts';
import type { ResumableUpload } from './upload-options.ts';
import { readRefusal, type Wait } from './verdict.ts';

/**
 * Opens a session and returns its address (a secret). Asking twice is harmless: a session whose address nobody received
 * holds no bytes and never becomes a video.
 *
 * @throws RejectedError, UploadInterruptedError, both with nothing sent; what `authorize` throws; the signal's reason
 */
export async function startSession(upload: ResumableUpload): Promise<string> {
  const patience = createPatience({ ...defaultRetryPolicy, ...upload.retry }, upload.signal);
  let refresh = false;
  for (;;) {
    const authorization = await upload.authorize({ refresh });
    upload.beforeStart?.();
    const answer = await post(upload, authorization);
    const isOpened = answer?.status === 200 || answer?.status === 201;
    if (isOpened && answer.headers.location !== undefined) {
      const address = sessionAddress(answer.headers.location, upload.startUrl);
      if (address) return address;
      throw new RejectedError('start', noAddress(answer.status), 'nothing');
    }
    if (answer?.status === 401) {
      if (refresh) throw new RejectedError('start', readApiError(401, answer.text), 'nothing');
      refresh = true;
      continue;
    }
    refresh = false;
    // A session whose address nobody received is worthless: as good as no answer.
    const refusal = !answer || isOpened ? noAnswer : readRefusal(answer, Date.now());
    if (refusal.kind === 'rejected') throw new RejectedError('start', refusal.api, 'nothing');
    if (!(await patience.pause(refusal.retryAfterMs))) {
      throw new UploadInterruptedError(
        'start',
        `No upload session could be opened: ${refusal.why}`,
        'nothing',
        refusal,
      );
    }
  }
}

const noAnswer: Wait = { kind: 'wait', why: 'no session address came' };

async function post(upload: ResumableUpload, authorization: Record<string, string>): Promise<Answer | undefined> {
  const body = Buffer.from(upload.startBody, 'utf8');
  const url = new URL(upload.startUrl);
  const agent = url.protocol === 'https:' ? new HttpsAgent() : new HttpAgent();
  try {
    return await exchange({
      method: 'POST',
      url,
      headers: {
        ...upload.startHeaders,
        ...authorization,
        'x-upload-content-length': String(upload.size),
        'x-upload-content-type': upload.contentType,
      },
      bodyBytes: body.length,
      writeBody: (write) => write(body),
      stallTimeoutMs: upload.stallTimeoutMs,
      agent,
      signal: upload.signal,
    });
  } catch (error) {
    if (error instanceof ConnectionLostError) return undefined;
    throw error;
  } finally {
    agent.destroy();
  }
}

/** The Location header, made absolute; never one that would carry the token over a weaker connection. */
function sessionAddress(location: string, startUrl: string): string | undefined {
  const address = URL.parse(location, startUrl);
  if (!address || !/^https?:$/.test(address.protocol)) return undefined;
  if (startUrl.startsWith('https:') && address.protocol !== 'https:') return undefined;
  return address.href;
}

function noAddress(status: number) {
  return {
    status,
    reason: undefined,
    domain: undefined,
    isDailyQuota: false,
    message: 'it named no usable session address',
  };
}
