import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { forward } from '../../http/forward.ts';
import { isForPage } from '../../http/is-for-page.ts';
import { RequestError } from '../../http/request-error.ts';
import { allowHosts, sameOriginOnly, thisMachine } from '../../http/same-origin.ts';
import type { HttpApi } from '../server/record.ts';
import { rawHistory } from './raw-history.ts';

export interface WebUiParts {
  /** Port of what serves the pages. */
  readonly pages: () => Promise<number>;
  /** The API of the Temporal server, as it is at the moment. */
  readonly api: () => HttpApi;
}

/** Not the short form of payloads that the API has for people; the Web UI knows the long one only. */
const longForm = 'application/json+no-payload-shorthand';

/** Temporal's Web UI for browsers of this machine, and for no page of another website. */
export function createWebUi({ pages, api }: WebUiParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.onError((error, c) =>
    error instanceof RequestError
      ? explain(c, error)
      : explain(c, new RequestError(502, 'The Temporal server is not answering.', 'Reload this page in a moment.')),
  );
  app.use(allowHosts(() => thisMachine, 'Temporal Web UI'));
  app.use(sameOriginOnly('Temporal Web UI'));
  const target = (c: Context) => c.req.url.slice(new URL(c.req.url).origin.length);
  const toPages = async (c: Context<{ Bindings: HttpBindings }>) => {
    const port = await pages();
    return forward(c.env, { port, target: target(c), headers: { host: `127.0.0.1:${port}`, cookie: undefined } });
  };
  app.get('/api/v1/settings', toPages);
  app.get('/api/v1/namespaces/:namespace/workflows/:workflow/run/:run/history.json', async (c) =>
    rawHistory(api(), c.req.param(), c.req.raw.signal),
  );
  app.all('/api/*', (c) => {
    const { port, host } = api();
    const hasBody = c.req.header('content-type') !== undefined;
    return forward(c.env, {
      ...{ port, target: target(c) },
      headers: {
        ...{ host, accept: longForm, cookie: undefined, origin: undefined, referer: undefined },
        ...(hasBody && { 'content-type': longForm }),
      },
      answerHeaders: { 'content-type': 'application/json' },
    });
  });
  app.get('*', toPages);
  return app;
}

function explain(c: Context, { status, message, action }: RequestError): Response | Promise<Response> {
  if (!isForPage(c)) return c.json({ message, action }, status);
  return c.html(
    html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Temporal Web UI</title><h1>That did not work</h1><p>${message}</p><p>${action}</p></html>`,
    status,
  );
}
