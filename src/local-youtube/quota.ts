import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ApiCall } from './api-call.ts';
import { GoogleError } from './google-answer.ts';
import { readJson } from './json-file.ts';

/** Calls of videos.insert, and units for everything else, that one Pacific day allows. */
export interface QuotaLimits {
  readonly uploads: number;
  readonly units: number;
}

/** What a project has by default. */
export const googleLimits: QuotaLimits = { uploads: 100, units: 10_000 };

/** Units of a call, YouTube Data API, "Quota Costs"; absent: free, like the chunks of an upload. */
const unitCosts: Partial<Record<ApiCall, number>> = {
  'thumbnails.set': 50,
  'videos.list': 1,
  'videos.update': 50,
  'videos.delete': 50,
  'channels.list': 1,
  'playlists.list': 1,
  'playlists.insert': 50,
  'playlistItems.list': 1,
  'playlistItems.insert': 50,
  'playlistItems.delete': 50,
};

export interface Spent extends QuotaLimits {
  /** YYYY-MM-DD in Los Angeles, where the quota resets at midnight. */
  readonly day: string;
}

/** Two buckets, as at Google: uploads by number, everything else by units. Kept on disk. */
export interface Quota {
  /** @throws GoogleError quotaExceeded; then nothing is spent */
  charge(call: ApiCall, limits: QuotaLimits): void;
  spent(): Spent;
}

export async function openQuota(folder: string, now: () => number): Promise<Quota> {
  const file = path.join(folder, 'quota.json');
  let kept = await readJson<Spent>(file);
  const spent = (): Spent => {
    const day = pacificDay(now());
    return kept?.day === day ? kept : { day, uploads: 0, units: 0 };
  };
  return {
    spent,
    charge(call, limits) {
      const uploads = call === 'videos.insert' ? 1 : 0;
      const units = unitCosts[call] ?? 0;
      if (uploads + units === 0) return;
      const { day, ...before } = spent();
      const after = { uploads: before.uploads + uploads, units: before.units + units };
      if (after.uploads > limits.uploads || after.units > limits.units) throw exceeded();
      kept = { day, ...after };
      writeFileSync(`${file}.tmp`, JSON.stringify(kept));
      renameSync(`${file}.tmp`, file);
    },
  };
}

const losAngeles = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Los_Angeles',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

function pacificDay(time: number): string {
  return losAngeles.format(time);
}

function exceeded() {
  const text = 'The request cannot be completed because you have exceeded your quota.';
  return new GoogleError(403, 'quotaExceeded', text, 'youtube.quota');
}
