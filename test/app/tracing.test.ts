import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { startTracing } from '../../src/app/tracing.ts';
import { UsageError } from '../../src/app/usage-error.ts';
import { temporalTracing } from '../../src/temporal/tracing.ts';
import { currentTrace, inSpan } from '../../src/tracing/span.ts';

const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('@opentelemetry'));
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };

describe('traces', () => {
  it('are off, and nothing of OpenTelemetry is loaded, unless a collector is named', async () => {
    const off = [
      {},
      { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
      { ...endpoint, OTEL_SDK_DISABLED: 'true' },
      { ...endpoint, OTEL_TRACES_EXPORTER: 'none' },
    ];
    for (const environment of off) {
      await using _tracing = await startTracing(environment);
      assert.equal(temporalTracing(), undefined);
      assert.equal(await inSpan('work', {}, async (span) => span), undefined);
      assert.equal(currentTrace(), undefined);
    }
    assert.equal(loaded(), false);
  });

  it('are refused where they could not be sent', async () => {
    for (const wrong of [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, { OTEL_TRACES_EXPORTER: 'zipkin' }]) {
      await assert.rejects(startTracing({ ...endpoint, ...wrong }), UsageError);
    }
  });

  it('follow the work, and end with the program, even if the collector is away', async () => {
    const tracing = await startTracing(endpoint);
    assert.equal(loaded(), true);
    assert.ok(temporalTracing());
    await inSpan('outer', {}, async () => {
      const outer = currentTrace();
      await inSpan('inner', {}, async () => {
        assert.equal(currentTrace()?.traceId, outer?.traceId);
        assert.notEqual(currentTrace()?.spanId, outer?.spanId);
      });
    });
    await assert.rejects(
      inSpan('failing', {}, () => Promise.reject(new Error('as it is'))),
      { message: 'as it is' },
    );
    await tracing[Symbol.asyncDispose]();
    assert.equal(temporalTracing(), undefined);
    assert.equal(currentTrace(), undefined);
  });
});
