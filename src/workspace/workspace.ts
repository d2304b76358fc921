import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { StageError } from '../domain/errors.ts';
import { videoIdPattern } from '../domain/video-id.ts';
import { writeFileAtomic } from './atomic-file.ts';

/** A JSON file of a workspace and the schema it is held to when it is read back. */
export interface RecordKind<T> {
  readonly file: string;
  readonly schema: z.ZodType<T>;
  /** The record holds a secret: readable by its owner only. */
  readonly secret?: boolean;
}

/** The folder of one video: the records and pictures of every stage. */
export interface Workspace {
  readonly videoId: string;
  readonly folder: string;
  path(...parts: string[]): string;
  /** @throws StageError RECORD_INVALID when the file is there but is not such a record. */
  read<T>(kind: RecordKind<T>): T | undefined;
  write<T>(kind: RecordKind<T>, value: T): void;
  remove<T>(kind: RecordKind<T>): void;
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
    write: (kind, value) =>
      guard(() =>
        writeFileAtomic(file(kind.file), `${JSON.stringify(value, undefined, 2)}\n`, kind.secret ? 0o600 : 0o644),
      ),
    remove: (kind) => guard(() => rmSync(file(kind.file), { force: true })),
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

/** Reads one record of a workspace folder. @throws StageError RECORD_INVALID */
export function readRecord<T>(file: string, kind: RecordKind<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = kind.schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StageError('RECORD_INVALID', `${file} is damaged: ${issue?.path.join('.')} ${issue?.message}`, {
    remedy: 'fix',
    action: `Move ${path.basename(file)} out of that folder, then retry: the stage makes it again.`,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
