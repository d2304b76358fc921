import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import type { HttpApi } from '../server/record.ts';

const page = z.object({
  history: z.object({ events: z.array(z.unknown()).default([]) }).optional(),
  nextPageToken: z.string().nullish(),
});

export interface Run {
  readonly namespace: string;
  readonly workflow: string;
  readonly run: string;
}

/** All events of a run in one document, which the Web UI offers for download and the API has only in pages. */
export async function rawHistory(
  api: HttpApi,
  { namespace, workflow, run }: Run,
  signal: AbortSignal,
): Promise<Response> {
  const of = [namespace, 'workflows', workflow, 'history'].map(encodeURIComponent).join('/');
  const events: unknown[] = [];
  let nextPageToken = '';
  do {
    const query = new URLSearchParams({ 'execution.runId': run, ...(nextPageToken && { nextPageToken }) });
    const answer = await ask(api, `/api/v1/namespaces/${of}?${query}`, signal);
    if (answer.status !== 200) return Response.json(answer.document, { status: answer.status });
    const { history, nextPageToken: next } = page.parse(answer.document);
    events.push(...(history?.events ?? []));
    nextPageToken = next ?? '';
  } while (nextPageToken);
  return Response.json({ events });
}

function ask(
  { port, host }: HttpApi,
  path: string,
  signal: AbortSignal,
): Promise<{ status: number; document: unknown }> {
  const headers = { host, accept: 'application/json+no-payload-shorthand' };
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, signal }, (answer) => {
      json(answer).then((document) => resolve({ status: answer.statusCode ?? 502, document }), reject);
    })
      .once('error', reject)
      .end();
  });
}
