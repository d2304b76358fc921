import path from 'node:path';
import { changeSettings, type SettingChanges } from '../../app/change-settings.ts';
import { dataFolderOf, explainUnknown, isSetting } from '../../app/config.ts';
import { prefix, settings } from '../../app/settings/index.ts';
import { keptFile, namesPath } from '../../app/settings/kept.ts';
import { type Applies, words } from '../../app/settings/words.ts';
import {
  keptAt,
  mergedEnvironment,
  mistakesAt,
  type SettingState,
  settingPlaces,
  settingStates,
} from '../../app/settings-layers.ts';
import { UsageError } from '../../app/usage-error.ts';
import { print, say, table } from '../output.ts';

interface Options {
  readonly json?: true;
}

interface ChangeOptions extends Options {
  /** Does not ask. */
  readonly yes?: true;
}

/** All settings, their values, and where each comes from; exit code 2 if some cannot be used. */
export function showSettings({ json }: Options): void {
  const places = settingPlaces(process.cwd());
  const kept = keptAt(places);
  const states = settingStates(places, kept);
  const mistakes = mistakesAt(places, kept);
  const file = keptFile(dataFolderOf(mergedEnvironment(places), places.folder));
  print(json, { file, settings: states.map(asData), mistakes }, () =>
    table(['SETTING', 'VALUE', 'FROM', 'A CHANGE APPLIES'], states.map(row)),
  );
  if (mistakes.length === 0) return;
  say(mistakes.map(({ name, problem }) => `${name} ${problem}`).join('\n'));
  process.exitCode = 2;
}

/** Keeps a value in `settings.json`. @throws UsageError in the schema's words */
export async function setSetting(name: string, value: string, options: ChangeOptions): Promise<void> {
  if (value === '')
    throw new UsageError(`An empty value sets nothing. To take ${name} out: badminton settings unset ${name}`);
  // Typed here, a relative path starts here.
  await change({ [name]: namesPath(name) ? path.resolve(value) : value }, name, options);
}

/** Takes a value out of `settings.json`. @throws UsageError if there is no such setting, nor anything of that name */
export async function unsetSetting(name: string, options: ChangeOptions): Promise<void> {
  const places = settingPlaces(process.cwd());
  if (!isSetting(name) && keptAt(places)[name] === undefined) throw new UsageError(`${name} ${explainUnknown(name)}`);
  await change({ [name]: null }, name, options);
}

async function change(changes: SettingChanges, name: string, { json, yes }: ChangeOptions): Promise<void> {
  const places = settingPlaces(process.cwd());
  if (name === `${prefix}PUBLISH_TARGET`) {
    const { askBeforeSwitch } = await import('../ask-before-switch.ts');
    await askBeforeSwitch(places, changes[name] ?? null, yes);
  }
  await changeSettings(places, changes);
  const state = settingStates(places, keptAt(places)).find((each) => each.name === name);
  print(json, state ? asData(state) : { name }, () =>
    state
      ? `${name}: ${shown(state)} (${state.source}). ${whenApplied[asData(state).applies]}`
      : `${name} was taken out.`,
  );
}

const whenApplied: Readonly<Record<Applies, string>> = {
  'at once': 'A change applies at once, also in a program that runs.',
  'new videos': 'A change applies to videos that start after it.',
  restart: 'A change applies when the program is started again.',
};

function asData({ name, value, source, isSecret }: SettingState) {
  const told = words.get(settings[name.slice(prefix.length) as keyof typeof settings]);
  if (!told) throw new Error(`${name} has no words in src/app/settings.`);
  return {
    name,
    value: value ?? null,
    source,
    isSecret: isSecret ?? false,
    applies: told.applies,
    otherwise: told.otherwise,
  };
}

function row(state: SettingState): string[] {
  return [state.name, shown(state), state.source, asData(state).applies];
}

const shown = (state: SettingState): string => {
  if (state.isSecret) return '(not shown)';
  return state.value || `(${asData(state).otherwise?.replaceAll('`', '') ?? 'empty'})`;
};
