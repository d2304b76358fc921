import { hc } from 'hono/client';
import type { StudioApi } from '../server/app.ts';
import type { Problem } from '../server/problem.ts';
import { wordsHere } from '../words-here.ts';

/** The API, typed by the server's own routes. */
export const api = hc<StudioApi>(location.origin).api;

/** The server's refusal, in its own words. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly action: string | undefined;
  /** An error code; see domain/errors.ts. */
  readonly code: string | undefined;
  /** What was asked for may have been done all the same. */
  readonly mayBeDone: boolean;
  /** What is wrong with each field of a form, by its name. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(status: number, { problem, action, code, outcome, fields }: Partial<Problem>) {
    super(wordsHere(problem ?? 'The studio did not answer as expected.'));
    this.status = status;
    this.action = action && wordsHere(action);
    this.code = code;
    this.fields = fields ?? {};
    this.mayBeDone = status === 0 || outcome === 'unknown';
  }
}

/** What went wrong and what to do about it, as one text. */
export function inWords(error: unknown): string {
  const { message, action } = error as Refusal;
  return [message, action].filter(Boolean).join(' ');
}

interface Answer<T> {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<T>;
}

/** The answer's document. @throws Refusal with the server's words, or saying that it cannot be reached */
export async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
  const answer = await request.catch((cause) => {
    if ((cause as Error).name === 'AbortError') throw cause;
    throw new Refusal(0, { problem: 'The studio cannot be reached. Is `npm start` still running?' });
  });
  if (answer.ok) return answer.json();
  throw await refusalOf(answer);
}

/** A picture, with the data in its headers. @throws Refusal */
export async function askPicture(url: string, signal?: AbortSignal): Promise<{ url: string; headers: Headers }> {
  const answer = await fetch(url, signal ? { signal } : {}).catch((cause) => {
    if ((cause as Error).name === 'AbortError') throw cause;
    throw new Refusal(0, { problem: 'The studio cannot be reached.' });
  });
  if (!answer.ok) throw await refusalOf(answer);
  return { url: URL.createObjectURL(await answer.blob()), headers: answer.headers };
}

async function refusalOf(answer: { status: number; json(): Promise<unknown> }): Promise<Refusal> {
  const said = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  return new Refusal(answer.status, said);
}

const video = (id: string) => `/api/videos/${encodeURIComponent(id)}`;

/** Addresses of pictures. */
export const pictures = {
  candidate: (id: string, frame: string, width: number) =>
    `${video(id)}/candidates/${encodeURIComponent(frame)}?width=${width}`,
  /** `version` makes the browser fetch again when the picture has changed. */
  ofVideo: (id: string, version: string) => `${video(id)}/picture?width=320&v=${encodeURIComponent(version)}`,
  thumbnail: (id: string, version: string) => `${video(id)}/thumbnail?v=${encodeURIComponent(version)}`,
  frame: (id: string, at: number, width: number, precision: 'exact' | 'key') =>
    `${video(id)}/frames?at=${at}&width=${width}&precision=${precision}`,
  preview: (id: string, wishes: Record<string, string>) => `${video(id)}/preview?${new URLSearchParams(wishes)}`,
  settings: (draft: Record<string, string>) => `/api/settings/preview?${new URLSearchParams(draft)}`,
  published: (contentId: string) => `/api/published/${encodeURIComponent(contentId)}/picture`,
  recording: (id: string) => `${video(id)}/recording`,
  upload: (id: string) => `/api/uploads/${encodeURIComponent(id)}/picture`,
  input: (name: string, version: string) =>
    `/api/recordings/${encodeURIComponent(name)}/picture?v=${encodeURIComponent(version)}`,
};
