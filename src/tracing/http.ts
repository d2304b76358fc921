import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { context, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';

/** What Node tells of a request, of `node:http` and of `fetch` (undici, "Diagnostics Channel Support"). */
interface Told {
  readonly request: object;
  readonly response?: IncomingMessage | { readonly statusCode: number };
  readonly error?: Error;
}

/**
 * Makes each HTTP request that belongs to a traced step a step of its own. It is named by its method and host alone:
 * the address of an upload session, or of a webhook, is as good as a password.
 * @returns ends it
 */
export function traceHttp(tracer: Tracer): () => void {
  const open = new WeakMap<object, Span>();
  const begin = (request: object, method: string, url: URL | undefined) => {
    const active = context.active();
    if (!url || !trace.getSpan(active) || isTracingSuppressed(active)) return;
    const attributes = {
      'http.request.method': method,
      'server.address': url.hostname,
      'server.port': Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    };
    open.set(request, tracer.startSpan(`HTTP ${method}`, { kind: SpanKind.CLIENT, attributes }));
  };
  const end = (request: object, status: number | undefined) => {
    const span = open.get(request);
    if (!span || !open.delete(request)) return;
    if (status !== undefined) span.setAttribute('http.response.status_code', status);
    if (status === undefined || status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
  const listeners: Record<string, (told: Told) => void> = {
    'http.client.request.created': ({ request }) => {
      const { method, protocol, host } = request as ClientRequest;
      const port = (request as { port?: number }).port;
      begin(request, method, URL.parse(`${protocol}//${host}${port ? `:${port}` : ''}`) ?? undefined);
    },
    'http.client.response.finish': ({ request, response }) => end(request, response?.statusCode),
    'http.client.request.error': ({ request }) => end(request, undefined),
    'undici:request:create': ({ request }) => {
      const { method, origin } = request as { method: string; origin: string | URL };
      begin(request, method, URL.parse(String(origin)) ?? undefined);
    },
    'undici:request:headers': ({ request, response }) => end(request, response?.statusCode),
    'undici:request:error': ({ request }) => end(request, undefined),
  };
  const listen = (told: unknown, name: string | symbol) => listeners[String(name)]?.(told as Told);
  for (const name of Object.keys(listeners)) subscribe(name, listen);
  return () => {
    for (const name of Object.keys(listeners)) unsubscribe(name, listen);
  };
}
