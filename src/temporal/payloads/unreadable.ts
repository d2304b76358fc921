/** What stands on the server cannot be decoded on this machine. The message says what is missing here. */
export class UnreadablePayloadError extends Error {
  override readonly name = 'UnreadablePayloadError';

  /** @param keyId of the key that it is encrypted with, if that is known */
  constructor(keyId?: string, options?: ErrorOptions) {
    super(reasonOf(keyId, options?.cause !== undefined), options);
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
