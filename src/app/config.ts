import path from 'node:path';
import { z } from 'zod';
import { mayBePublic } from '../notify/public-address.ts';
import { prefix, settings } from './settings/index.ts';
import { type KeptSettings, withWholePaths } from './settings/kept.ts';
import { defaultOf } from './settings/kind.ts';
import { words } from './settings/words.ts';
import { UsageError } from './usage-error.ts';

/**
 * Every setting is an environment variable `BADMINTON_…`, set in the environment, in a `.env` file in the current folder,
 * or in `settings.json` of the data folder; the first of these that sets it wins. The schema is in settings/, and
 * docs/settings.md is generated from it. The connection to Temporal uses the SDK's own variables instead
 * (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, …).
 */
const schema = z.object(settings);

export type Environment = Readonly<Record<string, string | undefined>>;
export type Config = ReturnType<typeof resolveFolders>;

/** Whether what this program writes to a Temporal server is encoded. */
export const encodesPayloads = ({ PAYLOAD_KEY_FILE, PAYLOAD_CODEC }: Config): boolean =>
  PAYLOAD_KEY_FILE !== undefined || PAYLOAD_CODEC !== undefined;

/** Why a setting cannot be used. */
export interface SettingMistake {
  /** With the prefix. */
  readonly name: string;
  /** What is wrong, without the name and the value: `must be …`. */
  readonly problem: string;
}

/**
 * Reads the configuration.
 * @param kept what `settings.json` holds
 * @throws UsageError naming every setting that is unknown or wrong, and why.
 */
export function readConfig(environment: Environment, folder: string, kept: KeptSettings = {}): Config {
  const { config, mistakes } = checkConfig(environment, folder, kept);
  if (config) return config;
  const problems = mistakes.map(({ name, problem }) => `${name} ${problem}${shownValue(environment, kept, name)}`);
  throw new UsageError(`The configuration has mistakes:\n  ${problems.join('\n  ')}\nAll settings: docs/settings.md`);
}

export type CheckedConfig =
  | { readonly config: Config; readonly mistakes: readonly [] }
  | { readonly config?: undefined; readonly mistakes: readonly SettingMistake[] };

/** The configuration, or every mistake that is in it. */
export function checkConfig(environment: Environment, folder: string, kept: KeptSettings = {}): CheckedConfig {
  const data = dataFolderOf(environment, folder);
  const given = Object.entries({ ...setIn(withWholePaths(kept, data)), ...setIn(environment) });
  const foreign = Object.keys(kept).filter((name) => !name.startsWith(prefix));
  const unknown = [...given.map(([name]) => name), ...foreign].filter((name) => !isSetting(name));
  const parsed = schema.safeParse(Object.fromEntries(given.map(([name, value]) => [name.slice(prefix.length), value])));
  const mayBeLocal = !isSet(kept, 'NOTIFY_WEBHOOK') || isSet(environment, 'NOTIFY_WEBHOOK');
  const mistakes = [
    ...unknown.map((name) => ({ name, problem: explainUnknown(name) })),
    ...(parsed.error?.issues ?? []).map(({ path: [name], message }) => mistake(String(name), message)),
    ...(parsed.data?.PUBLISH_AT && parsed.data.PRIVACY !== 'public'
      ? [mistake('PUBLISH_AT', `needs ${prefix}PRIVACY=public: YouTube publishes at a time, or not for all`)]
      : []),
    ...(isSet(kept, 'DATA_DIR')
      ? [mistake('DATA_DIR', `cannot be in settings.json, which is in that folder: ${environmentOnly}`)]
      : []),
    ...(parsed.data?.NOTIFY_WEBHOOK && !mayBeLocal && !mayBePublic(new URL(parsed.data.NOTIFY_WEBHOOK).hostname)
      ? [mistake('NOTIFY_WEBHOOK', `must not lead to this machine or its network: ${environmentOnly}`)]
      : []),
    ...(parsed.data?.PAYLOAD_KEY_FILE && parsed.data.PAYLOAD_CODEC
      ? [mistake('PAYLOAD_KEY_FILE', `and ${prefix}PAYLOAD_CODEC exclude each other`)]
      : []),
  ];
  if (mistakes.length > 0 || !parsed.data) return { mistakes };
  return { config: { ...resolveFolders(parsed.data, folder), webhookMayBeLocal: mayBeLocal }, mistakes: [] };
}

const environmentOnly = 'only the environment or .env can say that';

const mistake = (setting: string, problem: string): SettingMistake => ({ name: prefix + setting, problem });

/** The folder that holds everything, `settings.json` too. */
export const dataFolderOf = (environment: Environment, folder: string): string =>
  path.resolve(folder, environment[`${prefix}DATA_DIR`] || (defaultOf(settings.DATA_DIR) ?? ''));

/** An empty setting counts as unset. */
const setIn = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[0].startsWith(prefix) && Boolean(entry[1]),
    ),
  );

const isSet = (environment: Environment, setting: string) => Boolean(environment[prefix + setting]);

/** Settings of earlier versions, which may still be in somebody's `.env`. */
const former: Readonly<Record<string, string>> = {
  HOST_TIMEOUT: 'videos wait for their machine however long it is away',
};

/** Whether it is the whole name of a setting, prefix included. */
export const isSetting = (name: string) =>
  name.startsWith(prefix) && Object.hasOwn(settings, name.slice(prefix.length));

/** Why a name is none of a setting, and which may have been meant. */
export function explainUnknown(name: string): string {
  const setting = withoutPrefix(name);
  const why = Object.hasOwn(former, setting) ? former[setting] : undefined;
  return why === undefined ? `is not a setting${suggestion(name)}` : `is no longer a setting: ${why}. Remove it`;
}

const withoutPrefix = (name: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name);

function shownValue(environment: Environment, kept: KeptSettings, name: string): string {
  const isKept = !environment[name] && kept[name] !== undefined;
  const known = isSetting(name) ? words.get(settings[name.slice(prefix.length) as keyof typeof settings]) : undefined;
  if (!known || known.secret) return isKept ? ' (it is in settings.json)' : '';
  return ` (it is "${environment[name] || kept[name]}"${isKept ? ' in settings.json' : ''})`;
}

function resolveFolders(values: z.infer<typeof schema>, folder: string) {
  const data = path.resolve(folder, values.DATA_DIR);
  return {
    ...values,
    /** Whether the webhook may lead to this machine and its network. */
    webhookMayBeLocal: true,
    DATA_DIR: data,
    INPUT_DIR: values.INPUT_DIR ? path.resolve(folder, values.INPUT_DIR) : path.join(data, 'input'),
    DESIGNS_DIR: values.DESIGNS_DIR ? path.resolve(folder, values.DESIGNS_DIR) : path.join(data, 'designs'),
    COMPLETED_DIR: values.COMPLETED_DIR ? path.resolve(folder, values.COMPLETED_DIR) : path.join(data, 'completed'),
    ...(values.PAYLOAD_KEY_FILE && { PAYLOAD_KEY_FILE: path.resolve(folder, values.PAYLOAD_KEY_FILE) }),
    ...(values.PAYLOAD_CODEC && { PAYLOAD_CODEC: path.resolve(folder, values.PAYLOAD_CODEC) }),
    ...(values.CLUB_LOGO && { CLUB_LOGO: path.resolve(folder, values.CLUB_LOGO) }),
    YOUTUBE_CLIENT: path.resolve(folder, values.YOUTUBE_CLIENT ?? path.join(data, 'youtube-client.json')),
    YOUTUBE_CREDENTIALS: path.resolve(
      folder,
      values.YOUTUBE_CREDENTIALS ?? path.join(data, 'youtube-credentials.json'),
    ),
  };
}

/**
 * The setting whose name shares the most words, or else the most letter pairs, with the unknown one: a hint for typos.
 */
function suggestion(name: string): string {
  const typed = withoutPrefix(name);
  const nearest = mostShared(typed, (text) => text.split('_'), 1) ?? mostShared(typed, letterPairs, 2);
  return nearest ? `; did you mean ${prefix}${nearest}?` : '';
}

function mostShared(typed: string, parts: (text: string) => string[], least: number): string | undefined {
  const wanted = new Set(parts(typed));
  const shared = (other: string) => parts(other).filter((part) => wanted.has(part)).length;
  const [nearest] = Object.keys(settings).sort((a, b) => shared(b) - shared(a) || a.length - b.length);
  return nearest && shared(nearest) >= least ? nearest : undefined;
}

function letterPairs(text: string): string[] {
  const letters = text.replaceAll('_', '').toUpperCase();
  return Array.from(letters.slice(1), (letter, index) => `${letters[index]}${letter}`);
}
