import { defaultPayloadConverter } from '@temporalio/common';
import type { google, temporal } from '@temporalio/proto';

/** A value stored on the server; undefined if there is none, or if its encoding is not ours. */
export function decodePayload(payload: temporal.api.common.v1.IPayload | null | undefined): unknown {
  try {
    return payload ? defaultPayloadConverter.fromPayload<unknown>(payload) : undefined;
  } catch {
    return undefined;
  }
}

/** A timestamp from the server as ISO 8601. */
export function decodeTimestamp(time: google.protobuf.ITimestamp | null | undefined): string | undefined {
  if (!time?.seconds) return undefined;
  return new Date(Number(time.seconds) * 1000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}

/** A date and time from a search attribute as ISO 8601. */
export function decodeMoment(value: unknown): string | undefined {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined;
}
