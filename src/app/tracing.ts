import { ownVersion } from '../temporal/versions/program-version.ts';
import type { Environment } from './config.ts';
import { UsageError } from './usage-error.ts';

/**
 * Traces this process if OpenTelemetry's own variables name a collector; OTEL_EXPORTER_OTLP_ENDPOINT, for example. Nothing
 * of OpenTelemetry is loaded otherwise. Call it before any client is opened.
 * @throws UsageError if they ask for what this program cannot do
 */
export async function startTracing(environment: Environment): Promise<AsyncDisposable> {
  await using started = new AsyncDisposableStack();
  if (isWanted(environment)) {
    // The SDK of OpenTelemetry reads them there, and knows nothing of `.env`.
    for (const [name, value] of Object.entries(environment)) if (name.startsWith('OTEL_')) process.env[name] ??= value;
    const [{ startOpenTelemetry }, { traceTemporal }] = await Promise.all([
      import('../tracing/open-telemetry.ts'),
      import('../temporal/tracing.ts'),
    ]);
    const { processor, resource } = started.use(startOpenTelemetry(ownVersion().release));
    started.use(await traceTemporal(processor, resource));
  }
  return started.move();
}

function isWanted(environment: Environment): boolean {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER = 'otlp' } = environment;
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = environment;
  if (OTEL_SDK_DISABLED?.toLowerCase() === 'true' || OTEL_TRACES_EXPORTER === 'none' || !(all || traces)) return false;
  const protocol = environment.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? environment.OTEL_EXPORTER_OTLP_PROTOCOL;
  if (OTEL_TRACES_EXPORTER !== 'otlp') throw cannot(`OTEL_TRACES_EXPORTER=${OTEL_TRACES_EXPORTER}`);
  if (protocol === 'grpc') throw cannot('OTLP over gRPC; collectors take OTLP over HTTP on port 4318');
  return true;
}

const cannot = (what: string) => new UsageError(`Traces are sent with OTLP over HTTP, as JSON. There is no ${what}.`);
