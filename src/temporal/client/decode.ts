import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { google, temporal } from '@temporalio/proto';
import { UnreadablePayloadError } from '../payloads/unreadable.ts';

type Payload = temporal.api.common.v1.IPayload | null | undefined;
type Failure = temporal.api.failure.v1.IFailure | null | undefined;

/** What a payload holds, or why this machine cannot decode it. */
export interface Decoded {
  /** Undefined if there is none, or if it is not ours. */
  readonly value?: unknown;
  readonly unreadable?: string;
}

/** Decodes a payload as the client does that has read it. */
export async function decodePayload({ options }: Client, payload: Payload): Promise<Decoded> {
  if (!payload) return {};
  try {
    const { payloadCodecs, payloadConverter } = options.loadedDataConverter;
    let decoded = payload;
    for (const codec of payloadCodecs.toReversed()) [decoded = {}] = await codec.decode([decoded]);
    return { value: payloadConverter.fromPayload<unknown>(decoded) };
  } catch (error) {
    return error instanceof UnreadablePayloadError ? { unreadable: error.message } : {};
  }
}

/** A search attribute's value, which no codec encodes; undefined if there is none. */
export function decodeAttribute(payload: Payload): unknown {
  try {
    return payload ? defaultPayloadConverter.fromPayload<unknown>(payload) : undefined;
  } catch {
    return undefined;
  }
}

/** The message of a failure, which a codec may have encoded; where it cannot be decoded, why. */
export async function messageOf(client: Client, failure: Failure): Promise<string> {
  const { value, unreadable } = await decodePayload(client, failure?.encodedAttributes);
  const encoded = (value as { message?: unknown } | null | undefined)?.message;
  return typeof encoded === 'string' ? encoded : (unreadable ?? failure?.message ?? '');
}

/** The message of the innermost failure: Temporal wraps the original one. */
export const innermostMessageOf = async (client: Client, failure: Failure): Promise<string> =>
  (failure?.cause && (await innermostMessageOf(client, failure.cause))) || messageOf(client, failure);

/** A timestamp from the server as ISO 8601. */
export function decodeTimestamp(time: google.protobuf.ITimestamp | null | undefined): string | undefined {
  if (!time?.seconds) return undefined;
  return new Date(Number(time.seconds) * 1000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}

/** A date and time from a search attribute as ISO 8601. */
export function decodeMoment(value: unknown): string | undefined {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined;
}
