import { isIP } from 'node:net';
import type { Client } from '@temporalio/client';
import { askHosts } from '../../../temporal/client/ask-hosts.ts';
import { liveHosts } from '../../../temporal/live-hosts.ts';

/** Where a machine's studio is, as the machine itself says through Temporal. */
export type StudioSearch =
  | { readonly kind: 'found'; readonly addresses: readonly StudioAddress[] }
  /** None of its workers has asked for work lately. */
  | { readonly kind: 'away' }
  /** One has, but gave no answer. */
  | { readonly kind: 'silent' }
  /** It runs, and its studio does not answer other machines. */
  | { readonly kind: 'closed' };

export interface StudioAddress {
  readonly host: string;
  readonly port: number;
}

export interface StudioFinder {
  /** @throws as the Temporal client does */
  find(hostId: string): Promise<StudioSearch>;
  /** That answer is not so any more. */
  forget(hostId: string, found: StudioSearch): void;
}

/** Milliseconds for which an answer is used again. */
const lastsFound = 300_000;
const lastsNot = 5000;
const mostAddresses = 8;

export function openStudioFinder(client: Client, taskQueue: string): StudioFinder {
  const known = new Map<string, { readonly until: number; readonly where: StudioSearch }>();
  const looking = new Map<string, Promise<StudioSearch>>();
  return {
    async find(hostId) {
      const remembered = known.get(hostId);
      if (remembered && Date.now() < remembered.until) return remembered.where;
      const look = looking.get(hostId) ?? lookFor(client, taskQueue, hostId);
      looking.set(hostId, look);
      try {
        const where = await look;
        known.set(hostId, { until: Date.now() + (where.kind === 'found' ? lastsFound : lastsNot), where });
        return where;
      } finally {
        if (looking.get(hostId) === look) looking.delete(hostId);
      }
    },
    forget(hostId, found) {
      if (known.get(hostId)?.where === found) known.delete(hostId);
    },
  };
}

async function lookFor(client: Client, taskQueue: string, hostId: string): Promise<StudioSearch> {
  const { hosts } = await liveHosts(client, taskQueue);
  if (!hosts.some(({ id }) => id === hostId)) return { kind: 'away' };
  const facts = (await askHosts(client, taskQueue, [hostId]))[hostId];
  if (!facts) return { kind: 'silent' };
  const addresses = (facts.studioAddresses ?? []).flatMap(readAddress).slice(0, mostAddresses);
  return addresses.length > 0 ? { kind: 'found', addresses } : { kind: 'closed' };
}

function readAddress(text: string): StudioAddress[] {
  const [, host = '', digits = ''] = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  return isIP(host) && port >= 1 && port <= 65_535 ? [{ host, port }] : [];
}
