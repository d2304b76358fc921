import type { Attributes } from '@opentelemetry/api';

export type { Attributes };

/** A step of a trace, while it is being done. */
export interface Span {
  /** Adds a step that another process did, and reported when it was over. Milliseconds since 1970. */
  addDone(name: string, began: number, ended: number, attributes?: Attributes): void;
}

/** Identifies a step: hexadecimal, as W3C Trace Context has them. */
export interface TraceIds {
  readonly traceId: string;
  readonly spanId: string;
}

export interface Tracer {
  inSpan<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>): Promise<T>;
  current(): TraceIds | undefined;
}

let tracer: Tracer | undefined;

/** From now on steps are traced; undefined: no longer. */
export function useTracer(next: Tracer | undefined): void {
  tracer = next;
}

/** Does the work as a step of the trace that is under way. Without a tracer, it is simply done. */
export function inSpan<T>(name: string, attributes: Attributes, work: (span?: Span) => Promise<T>): Promise<T> {
  return tracer ? tracer.inSpan(name, attributes, work) : work();
}

/** The step that is being done here, if it is traced. */
export const currentTrace = (): TraceIds | undefined => tracer?.current();
