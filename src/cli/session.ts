import type { Client } from '@temporalio/client';
import type { Config, Environment } from '../app/config.ts';
import { type CurrentSettings, followSettings } from '../app/current-settings.ts';
import { mergedEnvironment, settingPlaces } from '../app/settings-layers.ts';
import { startTracing } from '../app/tracing.ts';

/** Every command starts with this. @throws UsageError if the configuration has mistakes */
export function readSettings(): { config: Config; environment: Environment; settings: CurrentSettings } {
  const settings = followSettings(settingPlaces(process.cwd()));
  return { environment: mergedEnvironment(settings.places), config: settings.now(), settings };
}

export interface CommandSession {
  readonly config: Config;
  readonly client: Client;
  /** The embedded server's Web UI. */
  readonly uiUrl?: string | undefined;
}

/** Runs a command connected to Temporal; every connection failure becomes a sentence. */
export async function withTemporal<T>(command: (session: CommandSession) => Promise<T>): Promise<T> {
  const { config, environment } = readSettings();
  await using _tracing = await startTracing(environment);
  const { connect } = await import('../temporal/connect.ts');
  const { temporalTarget } = await import('../app/temporal-target.ts');
  const { explainClientError, noServer } = await import('../temporal/client/errors.ts');
  const target = await temporalTarget(config, environment);
  if (!target) throw noServer();
  const { address } = target.connection;
  const client = await connect(target).catch((cause) => {
    throw Object.assign(noServer(address), { cause });
  });
  try {
    return await command({ config, client, uiUrl: target.uiUrl });
  } catch (error) {
    throw explainClientError(error, address);
  } finally {
    await client.connection.close();
  }
}
