import type { Workspace } from '../../workspace/workspace.ts';
import { dropScan, keepScan, keptScan } from './kept-scan.ts';
import { dropSightings, keptSightings } from './kept-sightings.ts';
import type { Scan } from './scan.ts';
import type { SightingsBook } from './sightings.ts';

/** What earlier attempts at ranking a recording have finished, so that the next one does not repeat it. */
export interface KeptPasses {
  readonly scan: Scan | undefined;
  keepScan(scan: Scan): Promise<void>;
  readonly book: SightingsBook;
}

/** @param fingerprint of the recording; anything kept for different content is not used */
export async function keptPasses(workspace: Workspace, fingerprint: string): Promise<KeptPasses> {
  return {
    scan: await keptScan(workspace, fingerprint),
    keepScan: (scan) => keepScan(workspace, fingerprint, scan),
    book: keptSightings(workspace, fingerprint),
  };
}

/** Once a ranking is complete the passes are dozens of megabytes that nobody needs. */
export async function dropPasses(workspace: Workspace): Promise<void> {
  await dropScan(workspace);
  dropSightings(workspace);
}
