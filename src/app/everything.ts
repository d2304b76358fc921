import { configuredTarget, embeddedTarget } from '../temporal/connect.ts';
import { findServerBinary } from '../temporal/server/binary.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../temporal/server/embedded.ts';
import { keepHistory } from '../temporal/server/retention.ts';
import { tryLock } from '../workspace/process-lock.ts';
import { cacheFolder } from './cache-folder.ts';
import { runningLock } from './everything-lock.ts';
import { type Machine, type MachineOptions, startMachine } from './machine.ts';

export interface EverythingOptions extends MachineOptions {
  /** Tells a person what is taking long. */
  readonly say: (message: string) => void;
  /** Never uses a Temporal that is configured. */
  readonly alone?: boolean;
}

/**
 * Starts what a club needs in one process: a Temporal server if none is configured (or always), the local YouTube if it
 * is the publish target, and the worker. Disposing of it ends the worker first and the server last.
 * @throws Error if another program already does this on the same data folder
 */
export async function startEverything(options: EverythingOptions): Promise<Machine> {
  const { environment } = options;
  const config = options.now();
  const release = tryLock(runningLock(config.DATA_DIR));
  if (!release) throw new Error(`Another program already runs everything on ${config.DATA_DIR}.`);
  await using opened = new AsyncDisposableStack();
  opened.defer(release);
  let server: EmbeddedServer | undefined;
  const target = async () => {
    const configured = options.alone ? undefined : configuredTarget(environment);
    if (configured) return configured;
    server = await embeddedServer(options, opened);
    return embeddedTarget(server);
  };
  const machine = opened.use(await startMachine(options, target));
  if (server) keepAlive(server, machine, options);
  const running = opened.move();
  return { ...machine, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

async function embeddedServer(options: EverythingOptions, opened: AsyncDisposableStack): Promise<EmbeddedServer> {
  const { environment, say } = options;
  const config = options.now();
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
  opened.defer(server.stop);
  await keepHistory(server.address);
  return server;
}

function keepAlive(server: EmbeddedServer, { videos }: Machine, { log }: EverythingOptions): void {
  // To the terminal and to the pages, which say it once for each reason.
  const tell = (reason: string) => videos.tellTrouble({ isAway: true, isBeingSolved: true, reason });
  server.keepAlive({
    ended() {
      log.error('the Temporal server ended');
      tell('its server ended and is being started again.');
    },
    notStarted(error) {
      log.error(error, 'the Temporal server could not be started again');
      tell(`the Temporal server could not be started again: ${error.message}\nThis is tried again until it succeeds.`);
    },
    startedAgain: () => log.warn('the Temporal server was started again'),
  });
}
