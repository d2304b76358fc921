import { BlockList, isIP } from 'node:net';

/**
 * What is not on the internet: this machine, its networks and what has no single place (IANA IPv4 and IPv6
 * Special-Purpose Address Registries; multicast by RFC 5771 and RFC 4291).
 */
const special = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  special.addSubnet(network, bits, 'ipv4');

/** Of IPv6, only global unicast addresses (RFC 4291, 2.4) lead anywhere, and not those that carry an IPv4 address. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
const carriers = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  carriers.addSubnet(network, bits, 'ipv6');

/** Whether an IP address is one on the internet, rather than of this machine or a network around it. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  const [, mapped] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
  if (mapped !== undefined) return isPublic(mapped);
  return isIP(address) === 6 && globalUnicast.check(address, 'ipv6') && !carriers.check(address, 'ipv6');
}

/**
 * Whether a name or address of a URL may be one on the internet; a name has to be looked up to be sure.
 * @param hostname as `URL.hostname` gives it
 */
export function mayBePublic(hostname: string): boolean {
  const bare = hostname
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
  if (isIP(bare) !== 0) return isPublic(bare);
  return bare.includes('.') && !/(^|\.)(localhost|local|internal|lan|home|home\.arpa)$/.test(bare);
}
