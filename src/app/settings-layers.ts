import { checkConfig, dataFolderOf, type Environment, type SettingMistake } from './config.ts';
import { readDotEnv } from './environment.ts';
import { prefix, settings } from './settings/index.ts';
import { type KeptSettings, readKept } from './settings/kept.ts';
import { defaultOf } from './settings/kind.ts';
import { words } from './settings/words.ts';

/** Where a value comes from; an earlier one wins. */
export type SettingSource = 'demo' | 'environment' | '.env' | 'settings.json' | 'default';

export type FixedBy = Extract<SettingSource, 'demo' | 'environment' | '.env'>;

/** What settings are read from, apart from `settings.json`, which is in the data folder that these name. */
export interface SettingPlaces {
  /** Where the command runs: `.env` is there, and relative paths start there. */
  readonly folder: string;
  readonly environment: Environment;
  readonly dotEnv: Environment;
  /** What a demo sets for itself. */
  readonly demo?: Environment;
}

export const settingPlaces = (folder: string): SettingPlaces => ({
  folder,
  environment: process.env,
  dotEnv: readDotEnv(folder),
});

/** The environment on top of `.env`, and what a demo sets on top of both. */
export const mergedEnvironment = ({ environment, dotEnv, demo }: SettingPlaces): Environment => ({
  ...dotEnv,
  ...environment,
  ...demo,
});

export const keptAt = (places: SettingPlaces): KeptSettings =>
  readKept(dataFolderOf(mergedEnvironment(places), places.folder));

export const mistakesAt = (places: SettingPlaces, kept: KeptSettings): readonly SettingMistake[] =>
  checkConfig(mergedEnvironment(places), places.folder, kept).mistakes;

export interface SettingState {
  /** With the prefix. */
  readonly name: string;
  /** As it would be written. Absent if the default depends on the machine, and never there for a secret. */
  readonly value?: string;
  readonly source: SettingSource;
  /** It has a value that is not shown. */
  readonly isSecret?: true;
}

/** Every setting, in the order of docs/settings.md. */
export const settingStates = (places: SettingPlaces, kept: KeptSettings): readonly SettingState[] =>
  Object.keys(settings).map((setting) => settingState(places, kept, setting as keyof typeof settings));

function settingState(places: SettingPlaces, kept: KeptSettings, setting: keyof typeof settings): SettingState {
  const name = prefix + setting;
  const source = sourceOf(places, kept, name);
  if (source !== 'default' && words.get(settings[setting])?.secret) return { name, source, isSecret: true };
  const value = source === 'default' ? defaultOf(settings[setting]) : mergedEnvironment(places)[name] || kept[name];
  return { name, source, ...(value !== undefined && { value }) };
}

function sourceOf(places: SettingPlaces, kept: KeptSettings, name: string): SettingSource {
  return fixedBy(places, name) ?? (kept[name] ? 'settings.json' : 'default');
}

/** What sets it over `settings.json`. An empty value in the environment hides that of `.env`, and sets nothing. */
export function fixedBy({ environment, dotEnv, demo }: SettingPlaces, name: string): FixedBy | undefined {
  if (demo?.[name]) return 'demo';
  if (environment[name]) return 'environment';
  return dotEnv[name] && environment[name] === undefined ? '.env' : undefined;
}

/** Why a setting that something else sets cannot be changed: a clause about it. */
export const whyFixed = (by: FixedBy): string =>
  by === 'demo'
    ? 'is set by the demo, and cannot be changed'
    : `is set in ${by === '.env' ? by : 'the environment'}, which takes precedence: change it there`;
