import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { openCalls } from './call-deadline.ts';
import { dataConverterWith, type ProgramDataConverter } from './payloads/data-converter.ts';
import { findRunningServer } from './server/record.ts';
import { temporalTracing } from './tracing.ts';

/** Where Temporal is and how to connect: from the SDK's own environment configuration, or the embedded server. */
export interface TemporalTarget {
  readonly connection: ReturnType<typeof loadClientConnectConfig>['connectionOptions'] & { readonly address: string };
  readonly namespace: string;
  /** Known only for the embedded server. */
  readonly uiUrl?: string;
  /** How payloads are written and read there; by default, as Temporal does. */
  readonly dataConverter?: ProgramDataConverter;
}

/** The configured Temporal (TEMPORAL_ADDRESS, a profile in temporal.toml, …); undefined if there is none. */
export function configuredTarget(environment: NodeJS.ProcessEnv): TemporalTarget | undefined {
  const overrideEnvVars = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({ overrideEnvVars });
  const { address } = connectionOptions;
  return address === undefined ? undefined : { connection: { ...connectionOptions, address }, namespace };
}

export function embeddedTarget(server: { address: string; uiUrl: string }): TemporalTarget {
  return { connection: { address: server.address }, namespace: 'default', uiUrl: server.uiUrl };
}

/** The Temporal that this data folder's videos are on: the configured one, else the running embedded server. */
export async function findTarget(
  environment: NodeJS.ProcessEnv,
  dataFolder: string,
): Promise<TemporalTarget | undefined> {
  const configured = configuredTarget(environment);
  if (configured) return configured;
  const embedded = await findRunningServer(dataFolder);
  return embedded && embeddedTarget(embedded);
}

/**
 * @param answerWithin milliseconds that each call may take for which nothing else is said
 * @param ending aborted when the program ends: no call that failed is tried again then
 */
export async function connect(
  { connection: options, namespace, dataConverter = dataConverterWith() }: TemporalTarget,
  answerWithin = 15_000,
  ending?: AbortSignal,
): Promise<Client> {
  const calls = openCalls(answerWithin, (options as ConnectionOptions).interceptors, ending);
  const { interceptors } = calls;
  const connection = await Connection.connect({ ...options, connectTimeout: 5000, interceptors } as ConnectionOptions);
  const close = connection.close.bind(connection);
  connection.close = async () => {
    await calls.end();
    await close();
  };
  const tracing = temporalTracing();
  return new Client({
    connection,
    namespace,
    dataConverter,
    ...(tracing && { interceptors: { workflow: [tracing.client] } }),
  });
}
