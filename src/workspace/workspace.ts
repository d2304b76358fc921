import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { StageError } from '../domain/errors.ts';
import { isDiskFull } from '../domain/system-error.ts';
import { videoIdPattern } from '../domain/video-id.ts';
import { type RecordKind, readRecord, refuseToReplace, writeRecord } from './record.ts';

/** The folder of one video: the records and pictures of every stage. */
export interface Workspace {
  readonly videoId: string;
  readonly folder: string;
  path(...parts: string[]): string;
  /** @throws StageError RECORD_INVALID, NEWER_DATA if the file exists but is not a record of this kind */
  read<T extends object>(kind: RecordKind<T>): T | undefined;
  /** @throws StageError NEWER_DATA, like `remove`: what a newer version of the program wrote is left alone */
  write<T extends object>(kind: RecordKind<T>, value: T): void;
  remove<T extends object>(kind: RecordKind<T>): void;
  /** Moves a finished temporary file into place. */
  adopt(temporary: string, file: string): void;
}

/** A workspace that was opened through its recording. */
export interface RecordingWorkspace extends Workspace {
  /** Fingerprint of the recording's content when the workspace was opened. */
  readonly fingerprint: string;
}

/** Runs a write only while the caller holds the video; see `Fence.guard`. */
export type Guard = <T>(write: () => T) => T;

/** @throws StageError FOLDER_UNUSABLE if its folder cannot be made */
export function openWorkspace(root: string, videoId: string, guard: Guard): Workspace {
  const folder = path.join(root, videoId);
  const file = (...parts: string[]) => path.join(folder, ...parts);
  makeFolder(folder);
  return {
    videoId,
    folder,
    path: file,
    read: (kind) => readRecord(file(kind.file), kind),
    write: (kind, value) => guard(() => writeRecord(file(kind.file), kind, value)),
    remove: (kind) =>
      guard(() => {
        refuseToReplace(file(kind.file), kind);
        rmSync(file(kind.file), { force: true });
      }),
    adopt: (temporary, target) => guard(() => renameSync(temporary, target)),
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    if (isDiskFull(cause)) throw cause;
    // Not told apart by code: Node reports ENOENT for a read-only disk too.
    const root = path.dirname(folder);
    throw new StageError('FOLDER_UNUSABLE', `The folder of the video cannot be made in ${root}.`, {
      remedy: 'fix',
      action: `Make ${root} a folder that can be written to: check its permissions, and that its disk is not mounted read-only.`,
      cause,
    });
  }
}

/** A workspace that can only be read. */
export type ReadOnlyWorkspace = Pick<Workspace, 'videoId' | 'folder' | 'path' | 'read'>;

/** The workspace of a video id; undefined if there is none, or the text is not a video id. */
export function openReadOnly(root: string, videoId: string): ReadOnlyWorkspace | undefined {
  if (!videoIdPattern.test(videoId)) return undefined;
  const folder = path.join(root, videoId);
  if (!existsSync(folder)) return undefined;
  const file = (...parts: string[]) => path.join(folder, ...parts);
  return { videoId, folder, path: file, read: (kind) => readRecord(file(kind.file), kind) };
}
