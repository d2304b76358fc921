import type { Client } from '@temporalio/client';
import { serveStudio } from '../app/studio/serve-studio.ts';
import type { RunningStudio } from '../studio/index.ts';
import { noServer } from '../temporal/client/errors.ts';
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
  await using opened = new AsyncDisposableStack();
  const store = openStore(config.DATA_DIR);
  opened.defer(store.close);
  const client = await connect(target).catch((cause) => {
    throw Object.assign(noServer(target.connection.address), { cause });
  });
  opened.defer(() => client.connection.close());
  const studio = await serveStudio({ config, client, store, target, onNetwork, say });
  opened.defer(studio.close);
  await work(studio, client);
}
