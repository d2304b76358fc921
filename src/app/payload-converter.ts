import { dataConverterWith, type ProgramDataConverter } from '../temporal/payloads/data-converter.ts';
import type { Config } from './config.ts';
import { UsageError } from './usage-error.ts';

/**
 * The one data converter of this program, by its configuration: handed to all that speaks to a Temporal server.
 * @throws UsageError if the keys or the codec cannot be used
 */
export async function payloadConverter({ PAYLOAD_KEY_FILE, PAYLOAD_CODEC }: Config): Promise<ProgramDataConverter> {
  try {
    if (PAYLOAD_KEY_FILE !== undefined) {
      const { readKeyFile } = await import('../temporal/payloads/key-file.ts');
      const { encryptingCodec } = await import('../temporal/payloads/encrypting-codec.ts');
      return dataConverterWith(encryptingCodec(readKeyFile(PAYLOAD_KEY_FILE)));
    }
    if (PAYLOAD_CODEC !== undefined) {
      const { loadCodecModule } = await import('../temporal/payloads/codec-module.ts');
      return dataConverterWith(await loadCodecModule(PAYLOAD_CODEC));
    }
  } catch (cause) {
    const setting = PAYLOAD_KEY_FILE === undefined ? 'BADMINTON_PAYLOAD_CODEC' : 'BADMINTON_PAYLOAD_KEY_FILE';
    throw new UsageError(`${setting} cannot be used. ${(cause as Error).message}`, { cause });
  }
  return dataConverterWith();
}
