import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { StageError } from '../domain/errors.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { newerData } from './newer-data.ts';

/** A kind of JSON file, and the schema it must match when it is read back. */
export interface RecordKind<T extends object> {
  readonly file: string;
  readonly schema: z.ZodType<T>;
  /** The record holds a secret, so only its owner may read it. */
  readonly secret?: boolean;
  /**
   * Each upgrades one version to the next: the first turns version 1 into version 2. The schema is that of the last
   * version; a file without `version` has the first. A cache has no versions: what does not match the schema is made
   * again.
   */
  readonly upgrades: readonly Upgrade[] | 'cache';
}

/** Pure; may throw if the content is not a record of its version. */
// biome-ignore lint/suspicious/noExplicitAny: only the upgrade knows the form of an old version.
export type Upgrade = (old: any) => object;

/**
 * Reads a record of any version up to the current one, in the current form.
 * @returns undefined if there is none
 * @throws StageError RECORD_INVALID if it is damaged; NEWER_DATA if a newer version of the program wrote it
 */
export function readRecord<T extends object>(file: string, kind: RecordKind<T>): T | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const content = parseJson(text);
  refuseNewer(file, content, kind);
  const parsed = kind.schema.safeParse(upgraded(content, kind));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StageError('RECORD_INVALID', `${file} is damaged: ${issue?.path.join('.')} ${issue?.message}`, {
    remedy: 'fix',
    action: `Move ${path.basename(file)} out of that folder, then retry: it is written again.`,
  });
}

/**
 * Writes a record with its version, completely or not at all.
 * @throws StageError NEWER_DATA if a newer version of the program wrote the existing one
 */
export function writeRecord<T extends object>(file: string, kind: RecordKind<T>, value: T): void {
  refuseToReplace(file, kind);
  const content = kind.upgrades === 'cache' ? value : { version: newest(kind), ...value };
  writeFileAtomic(file, `${JSON.stringify(content, undefined, 2)}\n`, kind.secret ? 0o600 : 0o644);
}

/** @throws StageError NEWER_DATA if a newer version of the program wrote the existing record */
export function refuseToReplace<T extends object>(file: string, kind: RecordKind<T>): void {
  const text = kind.upgrades === 'cache' ? undefined : readIfThere(file);
  if (text !== undefined) refuseNewer(file, parseJson(text), kind);
}

const newest = ({ upgrades }: Pick<RecordKind<object>, 'upgrades'>) => upgrades.length + 1;

function refuseNewer<T extends object>(file: string, content: unknown, kind: RecordKind<T>): void {
  const version = versionOf(content);
  if (kind.upgrades !== 'cache' && version > newest(kind)) throw newerData(file, version, newest(kind));
}

function upgraded<T extends object>(content: unknown, { upgrades }: RecordKind<T>): unknown {
  if (upgrades === 'cache') return content;
  if (Number.isNaN(versionOf(content))) return undefined;
  try {
    return upgrades.slice(versionOf(content) - 1).reduce((old, upgrade) => upgrade(old), content);
  } catch {
    // What cannot be upgraded is not a record of its version.
    return undefined;
  }
}

/** NaN for anything that is not a version; a file without one has version 1. */
function versionOf(content: unknown): number {
  const { version = 1 } = (content ?? {}) as { version?: unknown };
  return Number.isInteger(version) && (version as number) >= 1 ? (version as number) : Number.NaN;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
