import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Attempt } from './fence.ts';

/** What `writeFileAtomic` writes before it is the record. */
const ofRecords = /^\.[\w-]+\.json\.[0-9a-f]+\.tmp$/;
/** Scans, thumbnails and candidates before they are complete: only work outside the lanes makes them. */
const ofOtherFiles = /\.(tmp|draft|partial)$/;

/**
 * Removes the unfinished files that an attempt which was killed has left in a video's folder. Call it as the newest
 * attempt in its lane, and in a transaction of the fence: then no record is being written, and whatever an earlier
 * attempt of the same lane still writes would be refused.
 */
export function removeLeftovers(folder: string, lane: Attempt['lane']): void {
  const isLeftover = (name: string) => ofRecords.test(name) || (lane === undefined && ofOtherFiles.test(name));
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (isLeftover(path.basename(name))) remove(path.join(folder, name));
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It is in nobody's way; on a read-only disk the attempt's own writes say what is wrong.
  }
}
