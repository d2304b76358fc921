import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import type { LocalYouTubeEnv } from './env.ts';
import type { Fault, FaultScript } from './fault.ts';
import { GoogleError, googleError, OAuthError, oauthError } from './google-answer.ts';
import { originOf } from './reasons.ts';

export function injectFaults(script: () => FaultScript | undefined): MiddlewareHandler<LocalYouTubeEnv> {
  return async (c, next) => {
    const { method, path } = c.req;
    const { number, call } = c.var;
    const fault = script()?.({ number, method, path, call, contentRange: c.req.header('content-range') });
    c.set('fault', fault);
    // Inside a chunk only its receiver can strike: what arrived before stays stored.
    const inBody = fault && 'afterBytes' in fault ? (fault.afterBytes ?? 0) : 0;
    if (fault && isInterruption(fault) && !(inBody > 0 && call === 'upload.chunk')) {
      if (inBody > 0) await discard(c.env.incoming, inBody);
      c.res = await interrupt(fault, c.env, (error, headers) =>
        error.domain === 'oauth'
          ? oauthError(c, new OAuthError(error.status, error.reason, error.message))
          : googleError(c, error, headers),
      );
      return;
    }
    if (fault?.kind === 'delay') await sleep(fault.ms);
    await next();
    if (fault?.kind === 'loseAnswer') {
      c.env.outgoing.destroy();
      c.res = RESPONSE_ALREADY_SENT;
    }
    if (fault?.kind === 'truncateAnswer') c.res = await truncate(c.res, c.env);
  };
}

export type Interruption = Extract<Fault, { kind: 'answer' | 'drop' | 'stall' }>;

export function isInterruption(fault: Fault): fault is Interruption {
  return fault.kind === 'answer' || fault.kind === 'drop' || fault.kind === 'stall';
}

/** Ends a request the way the fault says. */
export async function interrupt(
  fault: Interruption,
  env: HttpBindings,
  answer: (error: GoogleError, headers?: Record<string, string>) => Response,
): Promise<Response> {
  if (fault.kind === 'answer') return answer(toGoogleError(fault), fault.headers);
  if (fault.kind === 'drop') env.incoming.socket.destroy();
  else if (!env.incoming.socket.destroyed) await new Promise((closed) => env.incoming.socket.once('close', closed));
  return RESPONSE_ALREADY_SENT;
}

function toGoogleError({ reason = 'backendError', status, domain }: Extract<Fault, { kind: 'answer' }>): GoogleError {
  const origin = originOf(reason);
  const known = status ?? origin?.status ?? 400;
  return new GoogleError(known, reason, 'A fault on purpose', domain ?? origin?.domain);
}

async function discard(incoming: HttpBindings['incoming'], wanted: number): Promise<void> {
  let bytes = 0;
  try {
    for await (const data of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += data.length;
      if (bytes >= wanted) return;
    }
  } catch {
    // The sender is gone; there is no one left to answer.
  }
}

async function truncate(answer: Response, { outgoing }: HttpBindings): Promise<Response> {
  const body = Buffer.from(await answer.arrayBuffer());
  // Half of an answer without a body breaks off in its head, which nobody can read.
  if (body.length > 0) {
    outgoing.writeHead(answer.status, { ...Object.fromEntries(answer.headers), 'content-length': body.length });
    await new Promise((sent) => outgoing.write(body.subarray(0, body.length >> 1), sent));
  }
  outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}
