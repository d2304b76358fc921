import { pathToFileURL } from 'node:url';
import { defaultPayloadConverter, type PayloadCodec } from '@temporalio/common';
import { isPlain } from './guarded-codec.ts';

/**
 * The codec that a module of the club's own exports as `payloadCodec`. Its code is run.
 * @throws Error in a sentence if it is no codec, or does not return what it was given
 */
export async function loadCodecModule(file: string): Promise<PayloadCodec> {
  const module: { payloadCodec?: unknown } = await import(pathToFileURL(file).href).catch((cause) => {
    throw new Error(`${file} cannot be loaded: ${(cause as Error).message}`, { cause });
  });
  const { payloadCodec } = module;
  if (!isCodec(payloadCodec)) throw new Error(`${file} exports no payloadCodec with encode and decode.`);
  await tryOut(payloadCodec).catch((cause) => {
    throw new Error(`The payloadCodec of ${file} does not work: ${(cause as Error).message}`, { cause });
  });
  return payloadCodec;
}

function isCodec(value: unknown): value is PayloadCodec {
  if (typeof value !== 'object' || value === null) return false;
  return ['encode', 'decode'].every((name) => typeof Reflect.get(value, name) === 'function');
}

async function tryOut(codec: PayloadCodec): Promise<void> {
  const given = defaultPayloadConverter.toPayload('a trial');
  const [encoded] = await codec.encode([given]);
  if (!encoded || isPlain(encoded)) throw new Error('what it has encoded has no encoding of its own in its metadata.');
  const [decoded] = await codec.decode([encoded]);
  if (!decoded || defaultPayloadConverter.fromPayload(decoded) !== 'a trial') {
    throw new Error('it does not decode what it has encoded.');
  }
}
