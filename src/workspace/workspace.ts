import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
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

export function openWorkspace(root: string, videoId: string, guard: Guard): Workspace {
  const folder = path.join(root, videoId);
  const file = (...parts: string[]) => path.join(folder, ...parts);
  mkdirSync(folder, { recursive: true });
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
