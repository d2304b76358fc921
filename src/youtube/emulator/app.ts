import { Hono } from 'hono';
import { dataRoutes } from './data-routes.ts';
import type { Environment } from './environment.ts';
import type { FaultScript } from './fault.ts';
import { injectFaults } from './faults.ts';
import { GoogleError, googleError } from './google-answer.ts';
import { allowHosts, requireToken } from './guard.ts';
import type { Library } from './library.ts';
import { pageRoutes } from './page-routes.ts';
import type { Sessions } from './sessions.ts';
import { thumbnailRoutes } from './thumbnail-routes.ts';
import { uploadRoutes } from './upload-routes.ts';

/** One answered request. Without the query, which holds session addresses. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
}

export interface AppParts {
  readonly library: Library;
  readonly sessions: Sessions;
  readonly rootUrl: () => string;
  readonly hosts: readonly string[];
  readonly faults: FaultScript | undefined;
  readonly log: ((request: LoggedRequest) => void) | undefined;
}

/** Google's paths for the API, YouTube's for people. */
export function createApp({ library, sessions, rootUrl, hosts, faults, log }: AppParts): Hono<Environment> {
  const app = new Hono<Environment>();
  app.onError((error, c) =>
    googleError(c, error instanceof GoogleError ? error : new GoogleError(500, 'backendError', error.message)),
  );
  app.notFound((c) => googleError(c, new GoogleError(404, 'notFound', 'Not Found')));

  app.use(async (c, next) => {
    const begin = performance.now();
    await next();
    log?.({ method: c.req.method, path: c.req.path, status: c.res.status, ms: performance.now() - begin });
  });
  app.use(allowHosts(hosts));
  app.use(injectFaults(faults));
  app.use('/upload/*', requireToken);
  app.use('/youtube/*', requireToken);

  app.route('/upload/youtube/v3', uploadRoutes(sessions));
  app.route('/upload/youtube/v3/thumbnails', thumbnailRoutes(library, rootUrl));
  app.route('/youtube/v3', dataRoutes(library, rootUrl));
  app.route('/', pageRoutes(library));
  return app;
}
