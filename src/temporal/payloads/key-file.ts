import { createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { PayloadKeys } from './encrypting-codec.ts';

/** An id, and 32 bytes in Base64. */
const keyLine = /^([A-Za-z0-9._-]{1,64})\s+([A-Za-z0-9+/]{43}=)$/;
const form = 'a name, a space and 32 random bytes in Base64 (openssl rand -base64 32)';

/**
 * The keys of payloads: one on each line, the one that encrypts first. `#` begins a comment.
 * @throws Error in a sentence that shows no key: it cannot be read, is readable by others than its owner, or is no such file
 */
export function readKeyFile(file: string): PayloadKeys {
  const lines = readPrivately(file).split('\n');
  const keys = new Map<string, KeyObject>();
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const [, id, key] = keyLine.exec(text) ?? [];
    if (!id || !key) throw new Error(`${file}, line ${index + 1}, is no key. A key is ${form}.`);
    if (keys.has(id)) throw new Error(`${file} has two keys of the name ${id}.`);
    keys.set(id, createSecretKey(key, 'base64'));
  }
  if (keys.size === 0) throw new Error(`${file} has no key. A key is a line with ${form}.`);
  return keys;
}

function readPrivately(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Error(`There is no file ${file}.`);
  if ((found.mode & 0o077) !== 0) throw new Error(`${file} can be read by other users. Run: chmod 600 ${file}`);
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file} cannot be read: ${(cause as NodeJS.ErrnoException).code}.`, { cause });
  }
}
