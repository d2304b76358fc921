import { statSync } from 'node:fs';
import { type Config, readConfig } from './config.ts';
import { settings } from './settings/index.ts';
import { keptFile } from './settings/kept.ts';
import { words } from './settings/words.ts';
import { keptAt, mergedEnvironment, type SettingPlaces } from './settings-layers.ts';

/** The settings of a program that runs, which follow `settings.json`. */
export interface CurrentSettings {
  readonly places: SettingPlaces;
  /**
   * As they are now, the same object until something changes. What needs a restart stays as it was at the start, and so
   * does everything that the environment and `.env` set.
   */
  now(): Config;
  /** Why the file cannot be used at the moment; until it can, the settings stay as they were. */
  problem(): string | undefined;
  /** Settings that were changed and wait for a restart, without the prefix. */
  waiting(): readonly SettingName[];
  /** The program has done without a restart what this setting says now. */
  hasApplied(name: SettingName): void;
}

export type SettingName = keyof typeof settings;

/** Settings of which a program that runs keeps the value that it started with. */
export const needsRestart = (Object.keys(settings) as SettingName[]).filter(
  (name) => words.get(settings[name])?.applies === 'restart',
);

/** @throws UsageError if the configuration has mistakes at the start */
export function followSettings(places: SettingPlaces): CurrentSettings {
  const environment = mergedEnvironment(places);
  const read = () => readConfig(environment, places.folder, keptAt(places));
  let start = read();
  const file = keptFile(start.DATA_DIR);
  let stamp = stampOf(file);
  let latest = start;
  let current = start;
  let problem: string | undefined;
  const look = () => {
    try {
      const found = stampOf(file);
      if (found === stamp) return;
      stamp = found;
      latest = read();
      current = keepingFrom(start, latest);
      problem = undefined;
    } catch (error) {
      problem = (error as Error).message;
    }
  };
  return {
    places,
    now() {
      look();
      return current;
    },
    problem() {
      look();
      return problem;
    },
    waiting() {
      look();
      return needsRestart.filter((name) => JSON.stringify(latest[name]) !== JSON.stringify(start[name]));
    },
    hasApplied(name) {
      look();
      start = { ...start, [name]: latest[name] };
      current = keepingFrom(start, latest);
    },
  };
}

function keepingFrom(start: Config, latest: Config): Config {
  const kept = Object.fromEntries(needsRestart.map((name) => [name, start[name]]));
  const all = Object.entries({ ...latest, ...kept }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as Config;
}

/** Changes with every write, because each makes a new file; empty while there is none. */
function stampOf(file: string): string {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.ino} ${found.size} ${found.mtimeNs}` : '';
}
