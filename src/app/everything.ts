import path from 'node:path';
import { configuredTarget, embeddedTarget, type TemporalTarget } from '../temporal/connect.ts';
import { findServerBinary } from '../temporal/server/binary.ts';
import { startEmbeddedServer } from '../temporal/server/embedded.ts';
import { keepHistory } from '../temporal/server/retention.ts';
import { tryLock } from '../workspace/process-lock.ts';
import { cacheFolder } from './cache-folder.ts';
import { Closers } from './closers.ts';
import { type Machine, type MachineOptions, startMachine } from './machine.ts';

export interface EverythingOptions extends MachineOptions {
  /** Tells a person what takes long. */
  readonly say: (message: string) => void;
}

/**
 * Starts what a club needs in one process: a Temporal server if none is configured, the local YouTube, and the worker.
 * Stopping ends the worker first and its server last.
 * @throws Error when another program already does this on the same data folder
 */
export async function startEverything(options: EverythingOptions): Promise<Machine> {
  const { config, environment } = options;
  const release = tryLock(path.join(config.DATA_DIR, 'running.lock'));
  if (!release) throw new Error(`Another program already runs everything on ${config.DATA_DIR}.`);
  const closers = new Closers();
  closers.add(release);
  return closers.guard(async () => {
    const target = async () => configuredTarget(environment) ?? (await embeddedServer(options, closers));
    const machine = await startMachine(options, target);
    closers.add(machine.stop);
    return { ...machine, stop: closers.close };
  });
}

async function embeddedServer(options: EverythingOptions, closers: Closers): Promise<TemporalTarget> {
  const { config, environment, say } = options;
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
  closers.add(server.stop);
  await keepHistory(server.address);
  return embeddedTarget(server);
}
