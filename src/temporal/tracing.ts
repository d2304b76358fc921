import type { IResource } from '@opentelemetry/resources';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';

/** What makes clients and workers tell of their steps. */
export interface TemporalTracing {
  readonly client: WorkflowClientInterceptor;
  readonly worker: Required<Pick<WorkerOptions, 'interceptors' | 'sinks'>>;
}

let current: TemporalTracing | undefined;

/** Undefined while nothing is traced. */
export const temporalTracing = (): TemporalTracing | undefined => current;

/** Traces the clients and workers that are opened from now on. Loads Temporal's interceptors. */
export async function traceTemporal(processor: SpanProcessor, resource: IResource): Promise<Disposable> {
  const otel = await import('@temporalio/interceptors-opentelemetry');
  const client = new otel.OpenTelemetryWorkflowClientInterceptor();
  const { fn } = otel.makeWorkflowExporter(processor, resource as never).export;
  const exporter: ReturnType<typeof otel.makeWorkflowExporter> = {
    export: {
      // Not all that the SDK knows: the memo has names of people, and links to private videos.
      fn: ({ workflowId, runId, workflowType, taskQueue, namespace }, spans) =>
        fn({ workflowId, runId, workflowType, taskQueue, namespace } as Parameters<typeof fn>[0], spans),
    },
  };
  current = {
    client,
    worker: {
      sinks: { exporter },
      interceptors: {
        client: { workflow: [client] },
        activity: [(context) => ({ inbound: new otel.OpenTelemetryActivityInboundInterceptor(context) })],
      },
    },
  };
  return {
    [Symbol.dispose]() {
      current = undefined;
    },
  };
}
