import { ApplicationFailure } from '@temporalio/common';
import type { ErrorCode } from '../../domain/errors.ts';

const code: ErrorCode = 'PAYLOAD_UNREADABLE';
const action = 'Give the machine of its recording the missing key, start the program there again, then retry.';

/**
 * What stands on the server cannot be decoded on this machine. The message says what is missing here. An activity whose
 * arguments it is fails with this.
 */
export class UnreadablePayloadError extends ApplicationFailure {
  /** @param keyId of the key that it is encrypted with, if that is known */
  constructor(keyId?: string, { cause }: { readonly cause?: unknown } = {}) {
    super(reasonOf(keyId, cause !== undefined), code, false, [{ action }], cause instanceof Error ? cause : undefined);
  }
}

function reasonOf(keyId: string | undefined, isKeyHere: boolean): string {
  if (keyId === undefined) {
    return 'It is encoded in a way that this machine cannot decode. Set BADMINTON_PAYLOAD_KEY_FILE or BADMINTON_PAYLOAD_CODEC as on the machine that wrote it.';
  }
  const key = JSON.stringify(keyId);
  return isKeyHere
    ? `It cannot be decrypted with the key ${key} in the file that BADMINTON_PAYLOAD_KEY_FILE names: another machine has another key of that name, or it was damaged.`
    : `It is encrypted with the key ${key}, which this machine does not have. Add that key to the file that BADMINTON_PAYLOAD_KEY_FILE names.`;
}
