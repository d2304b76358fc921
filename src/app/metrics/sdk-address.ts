import { randomInt } from 'node:crypto';
import { freeBlockedPorts } from '../../temporal/server/blocked-ports.ts';
import type { ListenAddress } from '../settings/kinds.ts';

/**
 * Where the SDK may serve its metrics to whoever asks: a port of this machine to which no browser connects. On Linux all
 * of 127.0.0.0/8 is this machine (RFC 1122, 3.2.1.3), so there is always one; elsewhere it is one of those that are free.
 */
export async function sdkAddress(): Promise<ListenAddress> {
  const host =
    process.platform === 'linux' ? `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}` : '127.0.0.1';
  const [port = 0] = await freeBlockedPorts(host, 1);
  return { host, port };
}
