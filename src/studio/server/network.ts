import { hostname, type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

export type Interfaces = NodeJS.Dict<Pick<NetworkInterfaceInfo, 'address' | 'internal' | 'family'>[]>;

/** Whether devices on the network reach the studio; which of them may use it is decided by pairing. */
export interface Network {
  isOpen(): boolean;
  /** Lets them reach it from now on. @throws RequestError if the port is in use there; then it stays as it was */
  open(): Promise<void>;
  /** Keeps them out from now on, and ends what connects them. @throws StageError PORT_IN_USE; then it stays as it was */
  close(): Promise<void>;
}

/** Interfaces of containers, virtual machines and tunnels, which phones are not on. */
const isVirtual = (name: string) =>
  /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|utun|tun|tap|tailscale|wg|zt)/i.test(name);
/** Self-assigned (RFC 3927): the interface has no network. */
const isUnassigned = (address: string) => address.startsWith('169.254.');

/** IPv4 addresses of this machine on its networks; those a phone can probably use come first. */
export function networkAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  return Object.entries(interfaces)
    .flatMap(([name, entries]) => (entries ?? []).map((entry) => ({ name, ...entry })))
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ name, address }) => ({ address, doubt: Number(isVirtual(name)) + 2 * Number(isUnassigned(address)) }))
    .toSorted((a, b) => a.doubt - b.doubt)
    .map(({ address }) => address);
}

/** Names and addresses by which other devices reach this machine. */
export const networkNames = (interfaces?: Interfaces) => [
  ...networkAddresses(interfaces),
  hostname(),
  `${hostname()}.local`,
];
