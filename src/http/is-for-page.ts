import type { Context } from 'hono';

/** Whether a person will see the answer as it is: the browser opens it as a page. */
export const isForPage = ({ req }: Pick<Context, 'req'>) =>
  req.header('sec-fetch-mode') === 'navigate' || (req.header('accept') ?? '').includes('text/html');
