import path from 'node:path';
import { z } from 'zod';
import { StageError } from '../../domain/errors.ts';
import { type RecordKind, readRecord, writeRecord } from '../../workspace/record.ts';
import { UsageError } from '../usage-error.ts';
import { prefix, settings } from './index.ts';
import { kindOf } from './kind.ts';

/** Settings by their whole name, `BADMINTON_…`, with their values as they would be written in the environment. */
export type KeptSettings = Readonly<Record<string, string>>;

/** Strict, so that nothing that somebody wrote into the file by hand is lost when it is written again. */
const keptRecord: RecordKind<{ version?: number | undefined; settings: KeptSettings }> = {
  file: 'settings.json',
  schema: z.strictObject({ version: z.number().optional(), settings: z.record(z.string(), z.string()) }),
  // Always, because it may hold the address of a webhook.
  secret: true,
  upgrades: [],
};

export const keptFile = (dataFolder: string) => path.join(dataFolder, keptRecord.file);

/**
 * What the settings page and `npx badminton settings set` have kept.
 * @throws UsageError if the file is damaged; StageError NEWER_DATA. It is left as it is
 */
export function readKept(dataFolder: string): KeptSettings {
  const file = keptFile(dataFolder);
  try {
    return readRecord(file, keptRecord)?.settings ?? {};
  } catch (error) {
    if (!(error instanceof StageError) || error.code !== 'RECORD_INVALID') throw error;
    throw new UsageError(
      `${file} is damaged, and was left as it is: it must hold {"version": 1, "settings": {"${prefix}TOP_N": "7"}}, for ` +
        'example. Correct it, or move it away: nothing that it sets is then set.',
      { cause: error },
    );
  }
}

/** Atomic; only its owner can read the file. @throws StageError NEWER_DATA */
export function writeKept(dataFolder: string, kept: KeptSettings): void {
  writeRecord(keptFile(dataFolder), keptRecord, { settings: kept });
}

/** Relative paths start at the data folder, so that it can be moved. */
export function withWholePaths(kept: KeptSettings, dataFolder: string): KeptSettings {
  return Object.fromEntries(
    Object.entries(kept).map(([name, value]) => [
      name,
      value && namesPath(name) ? path.resolve(dataFolder, value) : value,
    ]),
  );
}

/** Whether the value is a path. */
export function namesPath(name: string): boolean {
  const setting = name.slice(prefix.length);
  if (!Object.hasOwn(settings, setting)) return false;
  return ['folder', 'file'].includes(kindOf(settings[setting as keyof typeof settings]));
}
