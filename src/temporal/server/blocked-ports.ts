import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/**
 * Ports to which no browser connects, whatever name a page gives them (Fetch, "Port blocking"). Those of the list that
 * need no privileges, that few programs use, and that Chromium blocks too (4190 and 6679 it does not).
 */
export const blockedPorts: readonly number[] = [
  1719, 1720, 1723, 3659, 4045, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080,
];

/**
 * Free ports to which no browser connects; any free ones where those are in use.
 * @param host address of this machine
 */
export async function freeBlockedPorts(host: string, count: number): Promise<number[]> {
  const first = randomInt(blockedPorts.length);
  const found: number[] = [];
  for (const port of [...blockedPorts.slice(first), ...blockedPorts.slice(0, first)]) {
    if (found.length === count) return found;
    const free = await freePort(host, port).catch(() => undefined);
    if (free !== undefined) found.push(free);
  }
  while (found.length < count) found.push(await freePort(host, 0));
  return found;
}

/** The port, or any free one for 0. @throws Error when it is in use */
export async function freePort(host: string, port: number): Promise<number> {
  await using probe = createServer();
  await once(probe.listen(port, host), 'listening');
  return (probe.address() as AddressInfo).port;
}
