import { findTarget, type TemporalTarget } from '../temporal/connect.ts';
import type { Config, Environment } from './config.ts';
import { payloadConverter } from './payload-converter.ts';

/**
 * The Temporal that this data folder's videos are on, and how payloads are written there; undefined if there is none.
 * @throws UsageError if the keys or the codec cannot be used
 */
export async function temporalTarget(config: Config, environment: Environment): Promise<TemporalTarget | undefined> {
  const target = await findTarget(environment, config.DATA_DIR);
  return target && { ...target, dataConverter: await payloadConverter(config) };
}
