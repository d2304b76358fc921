import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResourcesSync, envDetectorSync, type IResource, Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { traceHttp } from './http.ts';
import { type Tracer, useTracer } from './span.ts';

export interface OpenTelemetry extends AsyncDisposable {
  readonly resource: IResource;
  readonly processor: SpanProcessor;
}

/** How long the last steps may take to reach the collector, which may be away. */
const goodbyeMilliseconds = 2000;

/**
 * Sends traces to the collector that OpenTelemetry's own environment variables name. Disposing of it sends the rest.
 * @param version of the program
 */
export function startOpenTelemetry(version: string): OpenTelemetry {
  const own = new Resource({
    'service.name': 'cafe-badminton-uploader',
    'service.version': version,
    'process.pid': process.pid,
  });
  // What people set wins: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
  const resource = Resource.default()
    .merge(own)
    .merge(detectResourcesSync({ detectors: [envDetectorSync] }));
  const processor = new BatchSpanProcessor(new OTLPTraceExporter());
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  provider.register({ contextManager: new AsyncLocalStorageContextManager().enable() });
  const otel = provider.getTracer('cafe-badminton-uploader', version);
  const tracer: Tracer = {
    inSpan: (name, attributes, work) =>
      otel.startActiveSpan(name, { attributes }, async (span) => {
        const parent = context.active();
        try {
          return await work({
            addDone: (child, startTime, endTime, childAttributes = {}) =>
              otel.startSpan(child, { startTime, attributes: childAttributes }, parent).end(endTime),
          });
        } catch (error) {
          span.setStatus({
            code: SpanStatusCode.ERROR,
            message: error instanceof Error ? error.message : String(error),
          });
          throw error;
        } finally {
          span.end();
        }
      }),
    current: () => trace.getActiveSpan()?.spanContext(),
  };
  useTracer(tracer);
  const untraceHttp = traceHttp(otel);
  return {
    resource,
    processor,
    async [Symbol.asyncDispose]() {
      untraceHttp();
      useTracer(undefined);
      const enough = Promise.withResolvers<void>();
      const timer = setTimeout(enough.resolve, goodbyeMilliseconds);
      // A collector that is away costs traces, nothing else.
      await Promise.race([provider.shutdown().catch(() => undefined), enough.promise]);
      clearTimeout(timer);
      trace.disable();
      context.disable();
    },
  };
}
