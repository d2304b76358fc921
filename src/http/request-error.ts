import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A request that cannot be answered, with the status it gets. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: ContentfulStatusCode;
  /** What to do about it. */
  readonly action: string | undefined;

  constructor(status: ContentfulStatusCode, message: string, action?: string) {
    super(message);
    this.status = status;
    this.action = action;
  }
}
