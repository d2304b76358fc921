import { type Context, context, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { Headers } from '@temporalio/common';
import {
  extractContextFromHeaders,
  headersWithContext,
} from '@temporalio/interceptors-opentelemetry/lib/instrumentation.js';
import {
  OpenTelemetryInboundInterceptor,
  OpenTelemetryInternalsInterceptor,
  OpenTelemetryOutboundInterceptor,
} from '@temporalio/interceptors-opentelemetry/lib/workflow/index.js';
import {
  ContinueAsNew,
  getRandomStream,
  type WorkflowInboundCallsInterceptor,
  type WorkflowInterceptors,
  type WorkflowOutboundCallsInterceptor,
  workflowInfo,
} from '@temporalio/workflow';

type Inbound = Required<WorkflowInboundCallsInterceptor>;
type Outbound = Required<WorkflowOutboundCallsInterceptor>;

/**
 * OpenTelemetry's interceptors, without what they change: they wrap promises, so that the commands of a workflow come in
 * another order than without them, and a video would break that one machine traces and the next one does not. Here
 * nobody waits for a step: its end is noticed on the side, and its ids come from random numbers of their own.
 */
function step<T>(tracer: Tracer, name: string, parent: Context, call: () => Promise<T>): Promise<T> {
  const span = getRandomStream('tracing').with(() => tracer.startSpan(name, {}, parent));
  const result = context.with(trace.setSpan(parent, span), call);
  result.then(
    () => span.end(),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      // With a new run the trace continues.
      if (!(error instanceof ContinueAsNew)) span.setStatus({ code: SpanStatusCode.ERROR, message });
      span.end();
    },
  );
  return result;
}

const parentOf = ({ headers }: { readonly headers: Headers }) => extractContextFromHeaders(headers) ?? context.active();

class TracedInbound extends OpenTelemetryInboundInterceptor {
  override execute(...[input, next]: Parameters<Inbound['execute']>) {
    const name = `RunWorkflow:${workflowInfo().workflowType}`;
    return step(this.tracer, name, parentOf(input), () => next(input));
  }

  override handleSignal(...[input, next]: Parameters<Inbound['handleSignal']>) {
    return step(this.tracer, `HandleSignal:${input.signalName}`, parentOf(input), () => next(input));
  }

  override handleUpdate(...[input, next]: Parameters<Inbound['handleUpdate']>) {
    return step(this.tracer, `HandleUpdate:${input.name}`, parentOf(input), () => next(input));
  }

  override validateUpdate(...[input, next]: Parameters<Inbound['validateUpdate']>) {
    next(input);
  }

  override handleQuery(...[input, next]: Parameters<Inbound['handleQuery']>) {
    return next(input);
  }
}

class TracedOutbound extends OpenTelemetryOutboundInterceptor {
  override scheduleActivity(...[input, next]: Parameters<Outbound['scheduleActivity']>) {
    return step(this.tracer, `StartActivity:${input.activityType}`, context.active(), () =>
      next({ ...input, headers: headersWithContext(input.headers) }),
    );
  }

  override scheduleLocalActivity(...[input, next]: Parameters<Outbound['scheduleLocalActivity']>) {
    return step(this.tracer, `StartActivity:${input.activityType}`, context.active(), () =>
      next({ ...input, headers: headersWithContext(input.headers) }),
    );
  }

  override continueAsNew(...[input, next]: Parameters<Outbound['continueAsNew']>) {
    return next({ ...input, headers: headersWithContext(input.headers) });
  }

  override signalWorkflow(...[input, next]: Parameters<Outbound['signalWorkflow']>) {
    return next({ ...input, headers: headersWithContext(input.headers) });
  }
}

/** The SDK looks for this name. */
export const interceptors = (): WorkflowInterceptors => ({
  inbound: [new TracedInbound()],
  outbound: [new TracedOutbound()],
  internals: [new OpenTelemetryInternalsInterceptor()],
});
