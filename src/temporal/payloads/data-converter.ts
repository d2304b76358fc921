import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { GuardedCodec } from './guarded-codec.ts';
import type { UnreadablePayloadError } from './unreadable.ts';

/** How everything that speaks to a Temporal server writes and reads payloads. */
export interface ProgramDataConverter {
  readonly payloadCodecs: [GuardedCodec];
  readonly failureConverterPath?: string;
}

/** Path of the module with the failure converter that goes with a codec. */
export const failureConverterPath = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

/** @param codec by which payloads and failures are encoded; without one, nothing is */
export const dataConverterWith = (codec?: PayloadCodec): ProgramDataConverter => ({
  payloadCodecs: [new GuardedCodec(codec)],
  ...(codec && { failureConverterPath }),
});

/** The same, with a listener to payloads that cannot be decoded. */
export const tellingUnreadable = (
  { payloadCodecs: [codec], ...rest }: ProgramDataConverter,
  told: (error: UnreadablePayloadError) => void,
): ProgramDataConverter => ({ ...rest, payloadCodecs: [codec.telling(told)] });

/** Whether what the converter writes is encoded. */
export const encodes = ({ payloadCodecs: [codec] }: ProgramDataConverter): boolean => codec.encodes;

/** Whether what the client writes is encoded. */
export const isEncoding = ({ options }: Pick<Client, 'options'>): boolean =>
  options.loadedDataConverter.payloadCodecs.some((codec) => codec instanceof GuardedCodec && codec.encodes);
