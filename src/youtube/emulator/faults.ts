import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import type { Environment } from './environment.ts';
import type { Fault, FaultScript } from './fault.ts';
import { GoogleError, googleError } from './google-answer.ts';

export function injectFaults(script: FaultScript | undefined): MiddlewareHandler<Environment> {
  let number = 0;
  return async (c, next) => {
    number += 1;
    const { method, path } = c.req;
    const fault = script?.({ number, method, path, contentRange: c.req.header('content-range') });
    c.set('fault', fault);
    // Inside a body only the receiver of the body can strike.
    const inBody = fault !== undefined && 'afterBytes' in fault && (fault.afterBytes ?? 0) > 0;
    if (fault && !inBody && isInterruption(fault)) {
      c.res = await interrupt(fault, c.env, (error, headers) => googleError(c, error, headers));
      return;
    }
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
  if (fault.kind === 'answer') {
    const error = new GoogleError(fault.status, fault.reason ?? 'backendError', 'A fault on purpose', fault.domain);
    return answer(error, fault.headers);
  }
  if (fault.kind === 'drop') env.incoming.socket.destroy();
  else if (!env.incoming.socket.destroyed) await new Promise((closed) => env.incoming.socket.once('close', closed));
  return RESPONSE_ALREADY_SENT;
}

async function truncate(answer: Response, { outgoing }: HttpBindings): Promise<Response> {
  const body = Buffer.from(await answer.arrayBuffer());
  outgoing.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': body.length });
  await new Promise((sent) => outgoing.write(body.subarray(0, body.length >> 1), sent));
  outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}
