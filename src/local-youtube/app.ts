import { Hono, type MiddlewareHandler } from 'hono';
import { RequestError } from '../http/request-error.ts';
import { allowHosts } from '../http/same-origin.ts';
import { type ApiCall, apiCallOf } from './api-call.ts';
import type { Behaviour } from './behaviour.ts';
import { dataRoutes } from './data-routes.ts';
import type { LocalYouTubeEnv } from './env.ts';
import { injectFaults } from './faults.ts';
import { GoogleError, googleError, OAuthError, oauthError } from './google-answer.ts';
import { requireToken } from './guard.ts';
import type { Library } from './library.ts';
import type { Grants } from './oauth-grants.ts';
import { oauthRoutes } from './oauth-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { playlistItemRoutes } from './playlist-item-routes.ts';
import { playlistRoutes } from './playlist-routes.ts';
import type { RehearsedPlaylists } from './playlists.ts';
import type { Quota } from './quota.ts';
import type { LoggedRequest } from './request-log.ts';
import type { Sessions } from './sessions.ts';
import { thumbnailRoutes } from './thumbnail-routes.ts';
import { uploadRoutes } from './upload-routes.ts';
import type { Shown } from './video-resource.ts';

export interface AppParts {
  readonly library: Library;
  readonly playlists: RehearsedPlaylists;
  readonly grants: Grants;
  readonly sessions: Sessions;
  readonly quota: Quota;
  readonly behaviour: () => Behaviour;
  readonly shown: () => Shown;
  readonly hosts: readonly string[];
  /** The mistake in the rehearsal file, if any. */
  readonly mistake: () => string | undefined;
  readonly log: (request: LoggedRequest) => void;
}

/** Google's paths for the API, YouTube's for people. */
export function createApp(parts: AppParts): Hono<LocalYouTubeEnv> {
  const { library, playlists, grants, sessions, quota, behaviour, shown, hosts, mistake, log } = parts;
  const app = new Hono<LocalYouTubeEnv>();
  app.onError((error, c) => {
    if (error instanceof RequestError) return c.text([error.message, error.action].join('\n'), error.status);
    if (error instanceof OAuthError) return oauthError(c, error);
    return googleError(c, error instanceof GoogleError ? error : new GoogleError(500, 'backendError', error.message));
  });
  app.notFound((c) => googleError(c, new GoogleError(404, 'notFound', 'Not Found')));

  app.use(logRequests(shown, log));
  app.use(allowHosts(() => hosts, 'local YouTube'));
  app.use(injectFaults(() => behaviour().faults));
  for (const api of ['/upload/*', '/youtube/*']) {
    app.use(api, requireToken(grants));
    app.use(api, async (c, next) => {
      const problem = mistake();
      if (problem !== undefined) throw new GoogleError(500, 'backendError', problem);
      if (c.var.call) quota.charge(c.var.call, behaviour().quota);
      return next();
    });
  }

  app.route('/upload/youtube/v3', uploadRoutes(sessions));
  app.route('/upload/youtube/v3/thumbnails', thumbnailRoutes(library, shown));
  app.route('/youtube/v3/playlists', playlistRoutes(playlists));
  app.route('/youtube/v3/playlistItems', playlistItemRoutes(library, playlists, shown));
  app.route('/youtube/v3', dataRoutes(library, shown));
  app.route(
    '/',
    oauthRoutes(grants, behaviour, () => shown().now),
  );
  app.route('/', pageRoutes({ library, playlists, quota, behaviour, shown, mistake }));
  return app;
}

function logRequests(shown: () => Shown, log: (request: LoggedRequest) => void): MiddlewareHandler<LocalYouTubeEnv> {
  let count = 0;
  return async (c, next) => {
    count += 1;
    const number = count;
    const begin = performance.now();
    const { method, path } = c.req;
    const contentRange = c.req.header('content-range');
    const call: ApiCall | undefined = apiCallOf(method, path, contentRange);
    c.set('number', number);
    c.set('call', call);
    await next();
    const status = c.res.headers.has('x-hono-already-sent') ? 0 : c.res.status;
    const ms = performance.now() - begin;
    const time = new Date(shown().now).toISOString();
    log({ number, time, method, path, call, contentRange, status, ms, fault: c.var.fault?.kind });
  };
}
