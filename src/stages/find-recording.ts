import { existsSync } from 'node:fs';
import type { Store } from '../workspace/store.ts';
import type { ReadOnlyWorkspace } from '../workspace/workspace.ts';
import { cleanupRecord, type PreparedRecord } from './records.ts';

/** Where a prepared recording may be now: where it was put away, or still where it came from. */
export function placesOf(workspace: Pick<ReadOnlyWorkspace, 'read'>, { videoPath }: PreparedRecord): string[] {
  const { movedTo } = workspace.read(cleanupRecord) ?? {};
  return [...new Set([...(movedTo === undefined ? [] : [movedTo]), videoPath])];
}

/**
 * Path of the very recording that was prepared; undefined if it is at none of its places.
 * @throws StageError of reading a file
 */
export async function findRecording(
  workspace: Pick<ReadOnlyWorkspace, 'read'>,
  prepared: PreparedRecord,
  { recordings }: Pick<Store, 'recordings'>,
): Promise<string | undefined> {
  for (const place of placesOf(workspace, prepared)) {
    // Another recording of the same name may have come since.
    if (existsSync(place) && (await recordings.fingerprint(place)) === prepared.fingerprint) return place;
  }
  return undefined;
}
