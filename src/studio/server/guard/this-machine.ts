import type { Context } from 'hono';
import type { StudioEnv } from '../env.ts';

/** The address is one of the machine's own, which no other device can have. */
export const isLoopback = (address = '') => address === '::1' || /^(::ffff:)?127\./.test(address);

export const addressOf = (c: Context<StudioEnv>) => c.env.incoming.socket.remoteAddress ?? '';

export const isThisMachine = (c: Context<StudioEnv>) => isLoopback(addressOf(c));

/**
 * What counts as one device. An IPv6 device chooses as many addresses as it likes in its network of 64 bits (RFC 8981).
 * @param address as `Socket.remoteAddress` gives it
 */
export function deviceOf(address: string): string {
  const ipv4 = address.replace(/^::ffff:/, '');
  if (!ipv4.includes(':')) return ipv4;
  const [head = '', tail = ''] = address.replace(/%.*$/, '').split('::');
  const parts = (text: string) => (text === '' ? [] : text.split(':'));
  const missing = address.includes('::') ? 8 - parts(head).length - parts(tail).length : 0;
  return [...parts(head), ...Array<string>(missing).fill('0'), ...parts(tail)].slice(0, 4).join(':');
}
