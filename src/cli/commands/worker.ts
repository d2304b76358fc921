import { cacheFolder } from '../../cache-folder.ts';
import { createLog } from '../../log.ts';
import { openParts } from '../../parts.ts';
import { createActivities } from '../../temporal/activities/index.ts';
import { workflowBundle } from '../../temporal/bundle.ts';
import { noServer } from '../../temporal/client/errors.ts';
import { connect, findTarget } from '../../temporal/connect.ts';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';
import { installRuntime, startWorker } from '../../temporal/worker.ts';
import { say } from '../output.ts';
import { readSettings } from '../session.ts';
import { untilStopped } from '../until-stopped.ts';

/** Does this machine's work against a Temporal server that runs already. */
export async function worker(): Promise<void> {
  const { config, environment } = readSettings();
  const target = await findTarget(environment, config.DATA_DIR);
  if (!target) throw noServer();
  const { address } = target.connection;
  const client = await connect(target).catch((cause) => {
    throw Object.assign(noServer(address), { cause });
  });
  await ensureSearchAttributes(client);
  const log = createLog(config.LOG_LEVEL);
  installRuntime(log);
  const parts = await openParts(config, log);
  const running = await startWorker(
    target,
    parts,
    createActivities(parts),
    await workflowBundle(cacheFolder(environment)),
  );
  say(`Working for ${address} as ${parts.host.name} (${parts.host.id}). Ctrl-C ends it.`);
  try {
    await untilStopped(running.stopped, () => say('Ending: what runs is finished or handed over …'));
  } finally {
    await running.stop();
    await parts.close();
    await client.connection.close();
  }
}
