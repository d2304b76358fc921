import type { Payload, PayloadCodec } from '@temporalio/common';
import { keyIdOf } from './encrypting-codec.ts';
import { UnreadablePayloadError } from './unreadable.ts';

/** Encodings of Temporal's own converter. */
const plainEncodings: ReadonlySet<string> = new Set([
  'json/plain',
  'binary/null',
  'binary/plain',
  'json/protobuf',
  'binary/protobuf',
]);

/**
 * Decodes what was written with a codec and what was written without one, so that a codec can be configured while videos
 * wait, and foreign clients need none. Without a codec it encodes nothing, and says of encoded payloads what is missing.
 */
export class GuardedCodec implements PayloadCodec {
  private readonly codec: PayloadCodec | undefined;
  private readonly told: ((error: UnreadablePayloadError) => void) | undefined;

  /** @param told hears of every payload that could not be decoded */
  constructor(codec?: PayloadCodec, told?: (error: UnreadablePayloadError) => void) {
    this.codec = codec;
    this.told = told;
  }

  /** Whether what this machine writes is encoded. */
  get encodes(): boolean {
    return this.codec !== undefined;
  }

  /** The same, with a listener. */
  telling(told: (error: UnreadablePayloadError) => void): GuardedCodec {
    return new GuardedCodec(this.codec, told);
  }

  async encode(...[payloads, context]: Parameters<PayloadCodec['encode']>): Promise<Payload[]> {
    return this.codec ? this.codec.encode(payloads, context) : payloads;
  }

  /** @throws UnreadablePayloadError */
  async decode(...[payloads, context]: Parameters<PayloadCodec['decode']>): Promise<Payload[]> {
    return Promise.all(payloads.map((payload) => (isPlain(payload) ? payload : this.decodeOne(payload, context))));
  }

  private async decodeOne(payload: Payload, context: Parameters<PayloadCodec['decode']>[1]): Promise<Payload> {
    try {
      if (!this.codec) throw new UnreadablePayloadError(keyIdOf(payload));
      const [decoded] = await this.codec.decode([payload], context);
      if (!decoded || !isPlain(decoded)) throw new UnreadablePayloadError();
      return decoded;
    } catch (cause) {
      const error = cause instanceof UnreadablePayloadError ? cause : new UnreadablePayloadError(undefined, { cause });
      this.told?.(error);
      throw error;
    }
  }
}

export function isPlain({ metadata }: Payload): boolean {
  const encoding = metadata?.encoding;
  return encoding !== undefined && encoding !== null && plainEncodings.has(Buffer.from(encoding).toString());
}
