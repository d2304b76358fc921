import path from 'node:path';
import { StageError } from '../domain/errors.ts';
import { openDesigns } from '../thumbnail/designs/designs.ts';
import { exclusively } from '../workspace/exclusively.ts';
import { type Config, checkConfig, dataFolderOf, explainUnknown, isSetting, type SettingMistake } from './config.ts';
import { oneServerForBoth } from './publish-target/addresses.ts';
import { prefix } from './settings/index.ts';
import { type KeptSettings, readKept, writeKept } from './settings/kept.ts';
import { fixedBy, mergedEnvironment, type SettingPlaces, whyFixed } from './settings-layers.ts';
import { UsageError } from './usage-error.ts';

/** New values by the setting's whole name; null takes a setting out of `settings.json`. */
export type SettingChanges = Readonly<Record<string, string | null>>;

/** Why nothing was changed, for each setting that was the reason. */
export class SettingsRefused extends UsageError {
  readonly mistakes: readonly SettingMistake[];

  constructor(mistakes: readonly SettingMistake[]) {
    super(`Nothing was changed:\n  ${mistakes.map(({ name, problem }) => `${name} ${problem}`).join('\n  ')}`);
    this.mistakes = mistakes;
  }
}

/**
 * Writes changes to `settings.json`: all of them, or none. Programs of the same data folder wait for each other.
 * @throws SettingsRefused; UsageError if the file is damaged; StageError NEWER_DATA
 */
export async function changeSettings(
  places: SettingPlaces,
  changes: SettingChanges,
  signal = AbortSignal.timeout(5000),
): Promise<void> {
  const dataFolder = dataFolderOf(mergedEnvironment(places), places.folder);
  await exclusively(path.join(dataFolder, 'settings.lock'), signal, async () => {
    const before = readKept(dataFolder);
    const after = changed(before, changes);
    const mistakes = [
      ...forbidden(places, changes),
      ...introduced(places, before, after),
      ...otherServer(places, before, after),
    ];
    if (mistakes.length > 0) throw new SettingsRefused(mistakes);
    writeKept(dataFolder, after);
  });
}

const changed = (kept: KeptSettings, changes: SettingChanges): KeptSettings =>
  Object.fromEntries(
    Object.entries({ ...kept, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== null && entry[1] !== '',
    ),
  );

/** What may not be set here, whatever the schema says. What is kept by mistake can be taken out. */
function forbidden(places: SettingPlaces, changes: SettingChanges): SettingMistake[] {
  return Object.entries(changes).flatMap(([name, value]) => {
    if (value === null) return [];
    if (!isSetting(name)) return [{ name, problem: explainUnknown(name) }];
    const by = fixedBy(places, name);
    if (by) return [{ name, problem: whyFixed(by) }];
    if (/\p{Cc}/u.test(value)) return [{ name, problem: 'must be one line, without control characters' }];
    return [];
  });
}

/** Mistakes that were not there before: an older one must not keep people from correcting another. */
function introduced(places: SettingPlaces, before: KeptSettings, after: KeptSettings): readonly SettingMistake[] {
  const check = (kept: KeptSettings) => {
    const { config, mistakes } = checkConfig(mergedEnvironment(places), places.folder, kept);
    return config ? unknownDesigns(config) : mistakes;
  };
  const had = check(before);
  const isNew = ({ name, problem }: SettingMistake) =>
    before[name] !== after[name] || !had.some((each) => each.name === name && each.problem === problem);
  // Of a name that is none, `forbidden` says so.
  return check(after).filter((mistake) => isSetting(mistake.name) && isNew(mistake));
}

/** What was rehearsed must never be taken for published. */
function otherServer(places: SettingPlaces, before: KeptSettings, after: KeptSettings): SettingMistake[] {
  const read = (kept: KeptSettings) => checkConfig(mergedEnvironment(places), places.folder, kept).config;
  const [from, to] = [read(before), read(after)];
  if (!from || !to || from.PUBLISH_TARGET === to.PUBLISH_TARGET) return [];
  const why = oneServerForBoth(to);
  return why === undefined ? [] : [{ name: `${prefix}PUBLISH_TARGET`, problem: `cannot be changed: ${why}` }];
}

/** A template or theme that does not exist would be noticed only when a thumbnail is drawn. */
function unknownDesigns({ DESIGNS_DIR, TEMPLATE, THEME }: Config): SettingMistake[] {
  const designs = openDesigns(DESIGNS_DIR);
  return [
    ...problemWith('TEMPLATE', () => designs.template(TEMPLATE)),
    ...problemWith('THEME', () => THEME !== undefined && designs.theme(THEME)),
  ];
}

function problemWith(setting: 'TEMPLATE' | 'THEME', open: () => unknown): SettingMistake[] {
  try {
    open();
    return [];
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return [{ name: prefix + setting, problem: `cannot be used: ${error.message} ${error.action}` }];
  }
}
