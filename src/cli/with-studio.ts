import type { Client } from '@temporalio/client';
import { serveStudio } from '../app/studio/serve-studio.ts';
import { videoStarter } from '../app/video-starter.ts';
import type { RunningStudio } from '../studio/index.ts';
import { noServer } from '../temporal/client/errors.ts';
import { watchVideos } from '../temporal/client/watch/index.ts';
import { connect, findTarget } from '../temporal/connect.ts';
import { openStore } from '../workspace/store.ts';
import { say } from './output.ts';
import { readSettings } from './session.ts';

/**
 * Serves a studio while `work` runs.
 * @throws RefusedError when Temporal does not answer
 */
export async function withStudio(
  { onNetwork }: { readonly onNetwork: boolean },
  work: (studio: RunningStudio, client: Client) => Promise<void>,
): Promise<void> {
  const { config, environment } = readSettings();
  const target = await findTarget(environment, config.DATA_DIR);
  if (!target) throw noServer();
  const client = await connect(target).catch((cause) => {
    throw Object.assign(noServer(target.connection.address), { cause });
  });
  const videos = watchVideos(client, { failed: (error) => say(`A page could not be told: ${error}`) });
  const store = openStore(config.DATA_DIR);
  try {
    const studio = await serveStudio({
      ...{ config, client, videos, store, target, onNetwork, say },
      startVideo: videoStarter(config, client, store),
    });
    try {
      await work(studio, client);
    } finally {
      await studio.close();
    }
  } finally {
    await videos.close();
    store.close();
    await client.connection.close();
  }
}
