import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { FirstStartDesk, FirstStartState } from '../../studio/index.ts';
import { firstStartStates } from '../../studio/server/first-start-desk.ts';
import { type RecordKind, readRecord, writeRecord } from '../../workspace/record.ts';
import type { Store } from '../../workspace/store.ts';
import { cacheFolder } from '../cache-folder.ts';
import type { CurrentSettings } from '../current-settings.ts';
import { readKept } from '../settings/kept.ts';
import { mergedEnvironment } from '../settings-layers.ts';
import { ownSample } from './own-sample.ts';

const record: RecordKind<{ version?: number | undefined; state: FirstStartState }> = {
  file: 'first-start.json',
  schema: z.object({ version: z.number().optional(), state: z.enum(firstStartStates) }),
  upgrades: [],
};

/** Keeps it in the data folder, so that no second browser is led through it again. */
export function firstStartDesk(
  { now, places }: Pick<CurrentSettings, 'now' | 'places'>,
  store: Pick<Store, 'ledger' | 'workspaceRoot'>,
): FirstStartDesk {
  const { DATA_DIR, YOUTUBE_CLIENT, YOUTUBE_CREDENTIALS } = now();
  const isUsed = () => store.ledger.all().length > 0 || namesIn(store.workspaceRoot).length > 0;
  const isSetUp = () =>
    Object.keys(readKept(DATA_DIR)).length > 0 || [YOUTUBE_CLIENT, YOUTUBE_CREDENTIALS].some(existsSync);
  const isDue = () => {
    try {
      const state = readRecord(path.join(DATA_DIR, record.file), record)?.state;
      if (state === 'left' || state === 'done' || isUsed()) return false;
      return state === 'begun' || !isSetUp();
    } catch {
      // Something that cannot be read is there, so the folder is not new.
      return false;
    }
  };
  return {
    isDue,
    keep(state) {
      // A page that was opened before it was over knows nothing of that.
      if (state !== 'begun' || isDue()) keepFirstStart(DATA_DIR, state);
    },
    drawSample: (options) => ownSample(DATA_DIR, cacheFolder(mergedEnvironment(places)), options),
  };
}

/** @throws StageError NEWER_DATA */
export const keepFirstStart = (dataFolder: string, state: FirstStartState): void =>
  writeRecord(path.join(dataFolder, record.file), record, { state });

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
