import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { UnreadablePayloadError } from './unreadable.ts';

const { Payload: Message } = proto.temporal.api.common.v1;

/** AES-256 keys by their ids. The first one encrypts; all of them decrypt. */
export type PayloadKeys = ReadonlyMap<string, KeyObject>;

/** Names and form of Temporal's encryption samples, so that clients in other languages can share a key. */
export const encryptedEncoding = 'binary/encrypted';
const keyIdField = 'encryption-key-id';

const algorithm = 'aes-256-gcm';
/** Bytes: NIST SP 800-38D, 5.2.1.1 and 5.2.1.2. */
const ivLength = 12;
const tagLength = 16;

/** Encrypts whole payloads, with their metadata, as: IV (12 bytes), ciphertext, tag (16 bytes). */
export function encryptingCodec(keys: PayloadKeys): PayloadCodec {
  const [first] = keys;
  if (!first) throw new Error('There is no key.');
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, ...first)),
    decode: async (payloads) => payloads.map((payload) => decrypt(payload, keys)),
  };
}

/** The key that a payload names; undefined if it names none. */
export function keyIdOf({ metadata }: Payload): string | undefined {
  const id = metadata?.[keyIdField];
  return id && Buffer.from(id).toString();
}

function encrypt(payload: Payload, id: string, key: KeyObject): Payload {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength });
  const text = cipher.update(Message.encode(payload).finish());
  return {
    metadata: { encoding: Buffer.from(encryptedEncoding), [keyIdField]: Buffer.from(id) },
    data: Buffer.concat([iv, text, cipher.final(), cipher.getAuthTag()]),
  };
}

function decrypt(payload: Payload, keys: PayloadKeys): Payload {
  const id = keyIdOf(payload);
  const key = id === undefined ? undefined : keys.get(id);
  if (!key) throw new UnreadablePayloadError(id);
  const data = payload.data ?? new Uint8Array();
  try {
    const decipher = createDecipheriv(algorithm, key, data.subarray(0, ivLength), { authTagLength: tagLength });
    decipher.setAuthTag(data.subarray(-tagLength));
    const text = decipher.update(data.subarray(ivLength, -tagLength));
    return Message.decode(Buffer.concat([text, decipher.final()]));
  } catch (cause) {
    throw new UnreadablePayloadError(id, { cause });
  }
}
