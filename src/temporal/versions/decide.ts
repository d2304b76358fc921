import { buildIdOf, type ProgramVersion, readBuildId } from './program-version.ts';

/** Which version runs the videos, as a machine sees it. */
export interface CurrentVersion {
  /** Its name on the server; undefined if none has been set. */
  readonly buildId: string | undefined;
  /** Whether a machine with it is running. */
  readonly isRunning: boolean;
}

/**
 * How a machine's program relates to the version that runs the videos:
 * - `runs`: it is that version
 * - `equal`: another one is, which knows the same changes
 * - `older`: that version is newer, so this machine does only the work on its own recordings
 * - `foreign`: somebody has set a version that this program has not named
 */
export type Standing =
  | { readonly kind: 'runs' | 'equal' }
  | { readonly kind: 'older'; readonly than: ProgramVersion; readonly isRunning: boolean }
  | { readonly kind: 'foreign'; readonly buildId: string };

/**
 * Never backwards: a program takes the videos over from one that knows fewer changes. From one that knows as many it
 * takes them over when it starts, and when that one's last machine is off.
 */
export function decide(own: ProgramVersion, current: CurrentVersion, isStart: boolean): 'take over' | Standing {
  const { buildId, isRunning } = current;
  if (buildId === undefined) return 'take over';
  if (buildId === buildIdOf(own)) return { kind: 'runs' };
  const than = readBuildId(buildId);
  if (!than) return { kind: 'foreign', buildId };
  if (than.changes > own.changes) return { kind: 'older', than, isRunning };
  return than.changes < own.changes || isStart || !isRunning ? 'take over' : { kind: 'equal' };
}
