import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { NamedHost } from '../../../domain/find-host.ts';
import type { VideoSummary } from '../../../temporal/client/videos.ts';
import type { StudioEnv } from '../env.ts';
import { hostElsewhere, videoOf } from '../known-video.ts';
import { RequestError } from '../problem.ts';
import type { StudioParts } from '../studio-parts.ts';
import { notUnderstood, silentStudio, whyNotAnswered } from './not-reached.ts';
import { readAnswer } from './read-answer.ts';

/** A session of a device, or where a page comes from, concerns this machine alone. */
const passedOn = ['accept', 'range', 'if-none-match', 'if-modified-since', 'content-type'];
const passedBack = [
  ...['content-type', 'content-range', 'accept-ranges', 'cache-control', 'etag', 'last-modified'],
  ...['x-time', 'x-previous', 'x-next', 'x-template', 'x-theme', 'x-crop', 'x-warnings'],
];
const methods = ['GET', 'HEAD', 'POST'] as const;
/** Nothing that a browser would run as a page of this studio. */
const expected = /^(image\/jpeg|video\/(mp4|quicktime)|application\/json)(;|$)/;
/** Milliseconds; the exact frame of a large recording takes up to a quarter of this. */
export const answerWithin = 60_000;

const problemSchema = z.object({ problem: z.string().max(2000), action: z.string().max(2000).optional() });

/**
 * Finds the video of a request, as `c.var.video`. If its files are another machine's, the studio there answers.
 * @throws RequestError 404; 503 saying why that studio gives no answer
 */
export const whereItsFilesAre = (parts: StudioParts) =>
  createMiddleware<StudioEnv & { Variables: { video: VideoSummary } }>(async (c, next) => {
    const video = await videoOf(parts, c.req.param('id') ?? '');
    const host = hostElsewhere(parts, video);
    if (host && parts.otherStudios) return passOn(c, parts.otherStudios, host);
    c.set('video', video);
    return next();
  });

type Others = NonNullable<StudioParts['otherStudios']>;

async function passOn(
  c: Pick<Context<StudioEnv>, 'req' | 'env' | 'body'>,
  others: Others,
  host: NamedHost,
): Promise<Response> {
  const { pathname, search } = new URL(c.req.url);
  const method = methods.find((one) => one === c.req.method) ?? 'GET';
  const body = method === 'POST' ? await c.req.text() : undefined;
  const isRecording = pathname.endsWith('/recording');
  const ended = c.req.raw.signal;
  const answer = await others.ask(host, {
    method,
    target: `${pathname}${search}`,
    headers: pick((name) => c.req.header(name), passedOn),
    signal: isRecording ? ended : AbortSignal.any([ended, AbortSignal.timeout(answerWithin)]),
    ...(body !== undefined && { body }),
  });
  const status = answer.statusCode ?? 502;
  if (!(status < 400 || status === 416)) throw await inItsWords(answer, host.name);
  const headers = pick((name) => answer.headers[name], passedBack);
  if (status !== 304 && !expected.test(headers['content-type'] ?? '')) {
    answer.destroy();
    throw notUnderstood(host.name);
  }
  if (isRecording) return stream(c, answer, headers);
  const whole = await wholeAnswer(answer, host.name);
  return status === 304 ? c.body(null, 304, headers) : c.body(whole, status as ContentfulStatusCode, headers);
}

/** As it comes, however long it is; either side may leave midway. */
async function stream(
  { env }: Pick<Context<StudioEnv>, 'env'>,
  answer: IncomingMessage,
  headers: Record<string, string>,
) {
  const { outgoing } = env;
  const length = answer.headers['content-length'];
  outgoing.writeHead(answer.statusCode ?? 502, {
    ...headers,
    ...(length !== undefined && { 'content-length': length }),
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  await pipeline(answer, outgoing).catch(() => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}

/** @throws RequestError 503 if it breaks off, 502 if it is too large */
export async function wholeAnswer(answer: IncomingMessage, name: string): Promise<Buffer<ArrayBuffer>> {
  const whole = await readAnswer(answer).catch(() => {
    throw silentStudio(name, whyNotAnswered(name, 'unfinished'));
  });
  if (!whole) throw notUnderstood(name);
  return whole;
}

/** The refusal of another studio, which calls its own machine "this machine". */
export async function inItsWords(answer: IncomingMessage, name: string): Promise<RequestError> {
  const status = answer.statusCode ?? 502;
  const said = problemSchema.safeParse(readJson(await wholeAnswer(answer, name))).data;
  if (!said || status < 400 || status > 599) return notUnderstood(name);
  return new RequestError(status as ContentfulStatusCode, `The studio of ${name} says: ${said.problem}`, said.action);
}

export function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

function pick(read: (name: string) => string | string[] | undefined, names: readonly string[]) {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = read(name);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
