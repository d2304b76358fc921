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
  /** @throws StageError RECORD_INVALID, NEWER_DATA when the file is there but is not such a record. */
  read<T extends object>(kind: RecordKind<T>): T | undefined;
  /** @throws StageError NEWER_DATA, as `remove`: what a newer version of the program wrote is left alone. */
  write<T extends object>(kind: RecordKind<T>, value: T): void;
  remove<T extends object>(kind: RecordKind<T>): void;
  /** Moves a finished temporary file into place. */
  adopt(temporary: string, file: string): void;
}

/** A workspace that was opened by its recording. */
export interface RecordingWorkspace extends Workspace {
  /** Of the recording's content, when it was opened. */
  readonly fingerprint: string;
}

/** Runs a write while the caller still owns the video; see Fence.guard. */
export type Guard = <T>(write: () => T) => T;

/** @throws StageError FOLDER_UNUSABLE when its folder cannot be made */
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
    // Node says ENOENT of a read-only disk too.
    const root = path.dirname(folder);
    throw new StageError('FOLDER_UNUSABLE', `The folder of the video cannot be made in ${root}.`, {
      remedy: 'fix',
      action: `Make ${root} a folder that can be written to: check its permissions, and that its disk is not mounted read-only.`,
      cause,
    });
  }
}

/** A workspace for those who only look. */
export type ReadOnlyWorkspace = Pick<Workspace, 'videoId' | 'folder' | 'path' | 'read'>;

/** The workspace of a video id, or undefined where there is none, or the text is no video id. */
export function openReadOnly(root: string, videoId: string): ReadOnlyWorkspace | undefined {
  if (!videoIdPattern.test(videoId)) return undefined;
  const folder = path.join(root, videoId);
  if (!existsSync(folder)) return undefined;
  const file = (...parts: string[]) => path.join(folder, ...parts);
  return { videoId, folder, path: file, read: (kind) => readRecord(file(kind.file), kind) };
}
