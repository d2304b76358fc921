import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { Behaviour } from './behaviour.ts';
import { faultRule, scriptFaults } from './fault-rules.ts';
import { failureReasons, rejectionReasons } from './processing.ts';

const fileSize = z.int().min(0).optional();

/** `rehearsal.json` in the folder of the local YouTube: what a person wants to see happen. */
const rehearsal = z.strictObject({
  quota: z.strictObject({ uploads: z.int().min(0).optional(), units: z.int().min(0).optional() }).optional(),
  processingSeconds: z.number().min(0).optional(),
  outcome: z
    .discriminatedUnion('status', [
      z.strictObject({ status: z.literal('processed'), fileSize }),
      z.strictObject({ status: z.literal('failed'), reason: z.enum(failureReasons), fileSize }),
      z.strictObject({ status: z.literal('rejected'), reason: z.enum(rejectionReasons), fileSize }),
    ])
    .optional(),
  listingSeconds: z.number().min(0).optional(),
  accessTokenSeconds: z.number().min(1).optional(),
  signInSeconds: z.number().min(0).optional(),
  clockAheadSeconds: z.number().optional(),
  otherChannel: z.boolean().optional(),
  seed: z.int().optional(),
  faults: z.array(faultRule).optional(),
});

/** How the file changes the behaviour, or the mistake in it if it cannot be read. */
export type RehearsalFile = { readonly changes: Partial<Behaviour> } | { readonly mistake: string };

/** Checks the file on every call, and reads it if it has changed: its faults then count from one again. */
export function followRehearsalFile(file: string, usual: Pick<Behaviour, 'quota'>): () => RehearsalFile | undefined {
  let version = '';
  let known: RehearsalFile | undefined;
  return () => {
    const found = statSync(file, { throwIfNoEntry: false, bigint: true });
    const present = found ? `${found.mtimeNs} ${found.size} ${found.ino}` : '';
    if (present !== version) {
      known = found ? readRehearsal(file, usual) : undefined;
      version = present;
    }
    return known;
  };
}

function readRehearsal(file: string, usual: Pick<Behaviour, 'quota'>): RehearsalFile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { mistake: `${file} is not JSON` };
  }
  const parsed = rehearsal.safeParse(content);
  if (!parsed.success) return { mistake: `${file}: ${z.prettifyError(parsed.error)}` };
  const { quota, outcome, seed, faults, otherChannel, ...seconds } = parsed.data;
  return {
    changes: {
      ...(quota && {
        quota: { uploads: quota.uploads ?? usual.quota.uploads, units: quota.units ?? usual.quota.units },
      }),
      ...(outcome && { outcome: () => outcome }),
      ...(otherChannel !== undefined && { isOtherChannel: otherChannel }),
      ...inMilliseconds('processingMs', seconds.processingSeconds),
      ...inMilliseconds('listingMs', seconds.listingSeconds),
      ...inMilliseconds('accessTokenMs', seconds.accessTokenSeconds),
      ...inMilliseconds('signInMs', seconds.signInSeconds),
      ...inMilliseconds('aheadMs', seconds.clockAheadSeconds),
      ...(faults && { faults: scriptFaults(faults, seed) }),
    },
  };
}

function inMilliseconds(name: keyof Behaviour, seconds: number | undefined): Partial<Behaviour> {
  return seconds === undefined ? {} : { [name]: seconds * 1000 };
}
