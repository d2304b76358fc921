import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A step as it came over the wire (OTLP, `Span`). */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

/** Takes traces as OpenTelemetry's collector does: OTLP over HTTP, as JSON. */
export async function startCollector() {
  const spans: ReceivedSpan[] = [];
  let text = '';
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    text += body;
    const { resourceSpans } = JSON.parse(body);
    for (const { scopeSpans } of resourceSpans) {
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: spans as readonly ReceivedSpan[],
    /** All that was received, as it came. */
    text: () => text,
    /** @throws Error if no such step comes within 20 s */
    async received(wanted: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> {
      for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
        const found = spans.find(wanted);
        if (found) return found;
      }
      throw new Error(`It did not come; what did: ${spans.map(({ name }) => name).join(', ')}`);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
