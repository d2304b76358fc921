import type { Client } from '@temporalio/client';
import { serveStudio } from '../app/studio/serve-studio.ts';
import { temporalTarget } from '../app/temporal-target.ts';
import { startTracing } from '../app/tracing.ts';
import { videoStarter } from '../app/video-starter.ts';
import type { RunningStudio } from '../studio/index.ts';
import { noServer } from '../temporal/client/errors.ts';
import { watchVideos } from '../temporal/client/watch/index.ts';
import { connect } from '../temporal/connect.ts';
import { openStore } from '../workspace/store.ts';
import { say } from './output.ts';
import { readSettings } from './session.ts';

/**
 * Serves a studio while `work` runs.
 * @throws RefusedError if Temporal does not answer
 */
export async function withStudio(
  { onNetwork }: { readonly onNetwork: boolean },
  work: (studio: RunningStudio, client: Client) => Promise<void>,
): Promise<void> {
  const { config, environment, settings } = readSettings();
  const target = await temporalTarget(config, environment);
  if (!target) throw noServer();
  await using opened = new AsyncDisposableStack();
  opened.use(await startTracing(environment));
  const store = openStore(config.DATA_DIR);
  opened.defer(store.close);
  const ending = new AbortController();
  const client = await connect(target, undefined, ending.signal).catch((cause) => {
    throw Object.assign(noServer(target.connection.address), { cause });
  });
  opened.defer(() => client.connection.close());
  const videos = watchVideos(client, { failed: (error) => say(`A page could not be told: ${error}`) });
  opened.defer(videos.close);
  opened.defer(() => ending.abort());
  const startVideo = videoStarter(settings.now, client, store);
  const studio = await serveStudio({ settings, client, videos, store, startVideo, target, onNetwork, say });
  opened.defer(studio.close);
  await work(studio, client);
}
