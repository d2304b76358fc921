import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { StageError } from '../../domain/errors.ts';
import { explainSystemError } from '../../domain/system-error.ts';
import { isForPage } from '../../http/is-for-page.ts';
import { RequestError } from '../../http/request-error.ts';
import { explainClientError, RefusedError, UnknownOutcomeError } from '../../temporal/client/errors.ts';
import { problemPage } from './problem-page.ts';

export { RequestError } from '../../http/request-error.ts';

/** The form of every answer that reports a failure. */
export interface Problem {
  /** A sentence for a person. */
  readonly problem: string;
  /** What to do about it. */
  readonly action?: string;
  /** An error code; see domain/errors.ts. */
  readonly code?: string;
  /** No answer came: the request may have taken effect, or may still do so. */
  readonly outcome?: 'unknown';
  /** What is wrong with each field of a form, by its name. */
  readonly fields?: Readonly<Record<string, string>>;
}

export const notFound = (what: string) => new RequestError(404, what);

/** Expected errors in their own words; of an unexpected one only that it happened: the log has the rest. */
export function answerProblem(c: Context, error: unknown, log: (error: unknown) => void): Response | Promise<Response> {
  const answer = (status: ContentfulStatusCode, problem: Problem) =>
    isForPage(c) ? c.html(problemPage(problem), status) : c.json(problem, status);
  if (error instanceof RequestError) {
    return answer(error.status, { problem: error.message, ...(error.action && { action: error.action }) });
  }
  if (error instanceof HTTPException)
    return answer(error.status, { problem: error.message || 'The request could not be understood.' });
  if (error instanceof StageError) {
    return answer(422, { problem: error.message, action: error.action, code: error.code });
  }
  if (error instanceof UnknownOutcomeError) return answer(504, { problem: error.message, outcome: 'unknown' });
  const system = explainSystemError(error);
  if (system) return answer(507, { problem: system.message, action: system.action, code: system.code });
  const known = explainClientError(error, 'its address');
  if (known instanceof RefusedError) return answer(409, { problem: known.message });
  if (c.req.raw.signal.aborted || (error as Error).name === 'AbortError')
    return answer(503, { problem: 'The request was aborted.' });
  log(error);
  return answer(500, { problem: 'The studio failed unexpectedly. See its terminal for more.' });
}
