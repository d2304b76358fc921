import { Hono } from 'hono';
import { allowHosts, sameOriginOnly } from '../../http/same-origin.ts';
import type { StudioEnv } from './env.ts';
import { protectiveHeaders } from './guard/headers.ts';
import { createOpenSockets } from './guard/open-sockets.ts';
import { pairedOnly, pairingRoutes } from './guard/paired-only.ts';
import type { LinkWish, Pairing } from './guard/pairing.ts';
import type { Network } from './network.ts';
import type { PageBundle } from './page-bundle.ts';
import { answerProblem, notFound } from './problem.ts';
import { aboutRoutes } from './routes/about.ts';
import { deviceRoutes, pairingLinkRoutes } from './routes/devices.ts';
import { eventRoutes } from './routes/events.ts';
import { firstStartRoutes } from './routes/first-start.ts';
import { frameRoutes } from './routes/frames.ts';
import { networkRoutes } from './routes/network.ts';
import { pageRoutes } from './routes/page.ts';
import { pictureRoutes } from './routes/pictures.ts';
import { previewRoutes } from './routes/previews.ts';
import { publishedRoutes } from './routes/published.ts';
import { rehearsedRoutes, targetRoutes } from './routes/publishing.ts';
import { recordingRoutes } from './routes/recordings.ts';
import { revisionRoutes } from './routes/revisions.ts';
import { settingsRoutes } from './routes/settings.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { videoRoutes } from './routes/videos.ts';
import { viewRoutes } from './routes/views.ts';
import { youtubeRoutes } from './routes/youtube.ts';
import type { StudioParts } from './studio-parts.ts';

export interface AppOptions {
  readonly parts: StudioParts;
  readonly bundle: () => Promise<PageBundle>;
  readonly pairing: Pairing;
  /** A new link for one device; undefined if the studio is not on the network. */
  readonly pairingLink: (wish: LinkWish) => string | undefined;
  readonly network: Network;
  /** Names by which it may be reached. */
  readonly hosts: () => readonly string[];
  /** Aborts when the server closes. */
  readonly ending: AbortSignal;
  /** Milliseconds between two signs of life to an open page. */
  readonly aliveEvery: number;
  readonly log: (error: unknown) => void;
}

/** The page and its API. */
export function createApp(options: AppOptions) {
  const { parts, bundle, pairing, pairingLink, network, hosts, ending, aliveEvery, log } = options;
  const app = new Hono<StudioEnv>();
  // What fails because the server closes is no failure of the studio.
  app.onError((error, c) => answerProblem(c, error, ending.aborted ? () => undefined : log));
  app.notFound((c) => answerProblem(c, notFound('There is nothing at this address.'), log));
  app.use(protectiveHeaders());
  app.use(allowHosts(hosts, 'studio'));
  app.use(sameOriginOnly('studio'));
  const sockets = createOpenSockets();
  app.use(pairedOnly(pairing, sockets));
  app.route('/', pairingRoutes(pairing));
  app.route(
    '/',
    pageRoutes(bundle, () => parts.enhance().club.name),
  );
  const version = async () => (await bundle()).version;
  return app
    .route('/api/about', aboutRoutes(parts))
    .route('/api/events', eventRoutes({ videos: parts.videos, target: parts.target, version, ending, aliveEvery }))
    .route('/api/devices', deviceRoutes(pairing, sockets))
    .route('/api/pairing-link', pairingLinkRoutes(pairingLink, pairing))
    .route('/api/network', networkRoutes(parts, network))
    .route('/api/recordings', recordingRoutes(parts))
    .route('/api/uploads', uploadRoutes(parts))
    .route('/api/settings', settingsRoutes(parts))
    .route('/api/youtube', youtubeRoutes(parts))
    .route('/api/first-start', firstStartRoutes(parts, ending))
    .route('/api/target', targetRoutes(parts))
    .route('/api/rehearsed', rehearsedRoutes(parts))
    .route('/api/published', publishedRoutes(parts))
    .route('/api/videos', previewRoutes(parts))
    .route('/api/videos', frameRoutes(parts))
    .route('/api/videos', pictureRoutes(parts))
    .route('/api/videos', viewRoutes(parts))
    .route('/api/videos', videoRoutes(parts))
    .route('/api/videos', revisionRoutes(parts));
}

/** The API as its clients see it, typed end to end: `hc<StudioApi>(address)` of `hono/client`. */
export type StudioApi = ReturnType<typeof createApp>;
