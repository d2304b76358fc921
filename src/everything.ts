import path from 'node:path';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { cacheFolder } from './cache-folder.ts';
import type { Config, Environment } from './config.ts';
import { type OpenParts, openParts } from './parts.ts';
import { createActivities } from './temporal/activities/index.ts';
import { workflowBundle } from './temporal/bundle.ts';
import { configuredTarget, connect, embeddedTarget, type TemporalTarget } from './temporal/connect.ts';
import { ensureSearchAttributes } from './temporal/search-attributes.ts';
import { findServerBinary } from './temporal/server/binary.ts';
import { startEmbeddedServer } from './temporal/server/embedded.ts';
import { keepHistory } from './temporal/server/retention.ts';
import { installRuntime, type RunningWorker, startWorker } from './temporal/worker.ts';
import { tryLock } from './workspace/process-lock.ts';

export interface Everything {
  readonly client: Client;
  readonly target: TemporalTarget;
  readonly parts: OpenParts;
  readonly worker: RunningWorker;
  /** Ends it all in the right order: first the worker, at last its server. */
  stop(): Promise<void>;
}

export interface EverythingOptions {
  readonly config: Config;
  readonly environment: Environment;
  readonly log: Logger;
  readonly say: (message: string) => void;
}

/** Starts what a club needs in one process: a server if none is configured, the local YouTube, and the worker. */
export async function startEverything({ config, environment, log, say }: EverythingOptions): Promise<Everything> {
  const release = tryLock(path.join(config.DATA_DIR, 'running.lock'));
  if (!release) throw new Error(`Another program already runs everything on ${config.DATA_DIR}.`);
  const closers: (() => Promise<unknown> | unknown)[] = [release];
  const stop = async () => {
    for (let close = closers.pop(); close; close = closers.pop()) await close();
  };
  try {
    const bundling = workflowBundle(cacheFolder(environment));
    bundling.catch(() => undefined);
    const parts = await openParts(config, log);
    closers.push(parts.close);
    const target = configuredTarget(environment) ?? (await embedded());
    const client = await connect(target);
    closers.push(() => client.connection.close());
    await ensureSearchAttributes(client);
    installRuntime(log);
    const worker = await startWorker(target, parts, createActivities(parts), await bundling);
    closers.push(() => worker.stop());
    return { client, target, parts, worker, stop };
  } catch (error) {
    await stop();
    throw error;
  }

  async function embedded(): Promise<TemporalTarget> {
    const server = await startEmbeddedServer({
      dataFolder: config.DATA_DIR,
      port: config.TEMPORAL_PORT,
      uiPort: config.TEMPORAL_UI_PORT,
      binary: () =>
        findServerBinary({
          configured: config.TEMPORAL_CLI,
          searchPath: environment.PATH ?? '',
          cacheFolder: cacheFolder(environment),
          say,
        }),
    });
    closers.push(server.stop);
    await keepHistory(server.address);
    return embeddedTarget(server);
  }
}
