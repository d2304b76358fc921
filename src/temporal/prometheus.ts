import type { PrometheusMetricsExporter } from '@temporalio/worker';

export interface MetricsAddress {
  /** An IPv4 address of this machine. */
  readonly host: string;
  readonly port: number;
}

const minutes = 60;
const hours = 3600;

/** Upper bounds of the buckets of our own histograms; the SDK's would suit calls of milliseconds. */
const buckets = {
  /** Seconds: from a moment to days of waiting for a person. */
  badminton_stage: [1, 5, 20, minutes, 5 * minutes, 20 * minutes, hours, 6 * hours, 24 * hours, 72 * hours],
  /** Seconds. */
  badminton_attempt: [0.1, 0.5, 2, 10, 30, 2 * minutes, 10 * minutes, hours, 6 * hours],
  /** Bytes per second. */
  badminton_upload_speed: [1e5, 3e5, 1e6, 3e6, 1e7, 3e7, 1e8, 3e8],
};

/** Names as Prometheus wants them: base units, which are part of the name, and `_total` for counters. */
export const prometheusAt = ({ host, port }: MetricsAddress): PrometheusMetricsExporter['prometheus'] => ({
  bindAddress: `${host}:${port}`,
  countersTotalSuffix: true,
  unitSuffix: true,
  useSecondsForDurations: true,
  histogramBucketOverrides: buckets,
});
