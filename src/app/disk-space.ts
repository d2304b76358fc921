import { statfsSync } from 'node:fs';
import type { Trouble } from '../temporal/client/watch/index.ts';

/** Bytes: with less, hardly any record can be written, and neither can Temporal's database if it is on this disk. */
const fullBelow = 1_000_000;
const unhurried = 5000;

export interface DiskSpaceOptions {
  /** Bytes that can still be written where the folder is. */
  readonly freeBytes?: (folder: string) => number;
  /** Milliseconds. */
  readonly lookEvery?: number;
}

export interface DiskSpace {
  /** What to tell people while the disk of the data folder is full. */
  trouble(): Trouble | undefined;
  stop(): void;
}

/** @param roomAgain called when a disk that was full has room again */
export function watchDiskSpace(
  dataFolder: string,
  roomAgain: () => void,
  { freeBytes = freeOnDisk, lookEvery = unhurried }: DiskSpaceOptions = {},
): DiskSpace {
  const hasNoRoom = () => {
    try {
      return freeBytes(dataFolder) < fullBelow;
    } catch {
      // A disk that cannot be queried does not count as full.
      return false;
    }
  };
  let isFull = hasNoRoom();
  const timer = setInterval(() => {
    const was = isFull;
    isFull = hasNoRoom();
    if (was && !isFull) roomAgain();
  }, lookEvery).unref();
  return {
    trouble: () => (isFull ? diskFull(dataFolder) : undefined),
    stop: () => clearInterval(timer),
  };
}

function freeOnDisk(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

const diskFull = (folder: string): Trouble => ({
  isAway: false,
  reason: 'the disk is full',
  told: {
    begin: `The disk that holds ${folder} is full. Free some space: until then videos wait or need attention.`,
    end: 'There is room on the disk again: videos resume.',
  },
});
