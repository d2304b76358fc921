import { Hono } from 'hono';
import { allowHosts, sameOriginOnly } from '../../../http/same-origin.ts';
import type { StudioEnv } from '../env.ts';
import { answerProblem, notFound } from '../problem.ts';
import { frameRoutes } from '../routes/frames.ts';
import { pictureRoutes } from '../routes/pictures.ts';
import { previewRoutes } from '../routes/previews.ts';
import { viewRoutes } from '../routes/views.ts';
import type { StudioParts } from '../studio-parts.ts';
import { machineName } from './trust.ts';

/**
 * What other machines may ask: what a person needs to choose, of the videos whose files are here. Nothing that changes,
 * starts or cancels anything, no settings, and no devices.
 */
export function createMachineApp(parts: StudioParts, log: (error: unknown) => void): Hono<StudioEnv> {
  // A machine answers for itself: no request goes round in a circle.
  const own: StudioParts = { ...parts, otherStudios: undefined };
  const app = new Hono<StudioEnv>();
  app.onError((error, c) => answerProblem(c, error, log));
  app.notFound((c) => answerProblem(c, notFound('There is nothing at this address.'), log));
  app.use(allowHosts(() => [machineName(parts.host.id)], 'studio'));
  app.use(sameOriginOnly('studio'));
  return app
    .route('/api/videos', previewRoutes(own))
    .route('/api/videos', frameRoutes(own))
    .route('/api/videos', pictureRoutes(own))
    .route('/api/videos', viewRoutes(own));
}
