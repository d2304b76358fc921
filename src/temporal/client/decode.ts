import { defaultPayloadConverter } from '@temporalio/common';
import type { google, temporal } from '@temporalio/proto';

/** A value that the server keeps; undefined when there is none, or when it is in somebody else's encoding. */
export function decodePayload(payload: temporal.api.common.v1.IPayload | null | undefined): unknown {
  try {
    return payload ? defaultPayloadConverter.fromPayload<unknown>(payload) : undefined;
  } catch {
    return undefined;
  }
}

/** A moment of the server as ISO 8601. */
export function decodeTimestamp(time: google.protobuf.ITimestamp | null | undefined): string | undefined {
  if (!time?.seconds) return undefined;
  return new Date(Number(time.seconds) * 1000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}

/** A search attribute's moment as ISO 8601. */
export function decodeMoment(value: unknown): string | undefined {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined;
}
