import path from 'node:path';
import { z } from 'zod';
import { prefix, settings } from './settings/index.ts';
import { words } from './settings/words.ts';
import { UsageError } from './usage-error.ts';

/**
 * Every setting is an environment variable `BADMINTON_…`, set in the environment or in a `.env` file in the current
 * folder; the environment wins. The schema is in settings/, and docs/settings.md is generated from it. The connection
 * to Temporal uses the SDK's own variables instead (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, …).
 */
const schema = z.object(settings);

export type Environment = Readonly<Record<string, string | undefined>>;
export type Config = ReturnType<typeof resolveFolders>;

/** Whether what this program writes to a Temporal server is encoded. */
export const encodesPayloads = ({ PAYLOAD_KEY_FILE, PAYLOAD_CODEC }: Config): boolean =>
  PAYLOAD_KEY_FILE !== undefined || PAYLOAD_CODEC !== undefined;

/**
 * Reads the configuration.
 * @throws UsageError naming every setting that is unknown or wrong, and why.
 */
export function readConfig(environment: Environment, folder: string): Config {
  const given = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[0].startsWith(prefix) && Boolean(entry[1]),
  );
  const unknown = given.map(([name]) => name).filter((name) => !Object.hasOwn(settings, name.slice(prefix.length)));
  const parsed = schema.safeParse(Object.fromEntries(given.map(([name, value]) => [name.slice(prefix.length), value])));
  const problems = [
    ...unknown.map(explainUnknown),
    ...(parsed.error?.issues ?? []).map(
      (issue) => `${prefix}${String(issue.path[0])} ${issue.message}${shownValue(environment, String(issue.path[0]))}`,
    ),
    ...(parsed.data?.PUBLISH_AT && parsed.data.PRIVACY !== 'public'
      ? [`${prefix}PUBLISH_AT needs ${prefix}PRIVACY=public: YouTube publishes at a time, or not for all`]
      : []),
    ...(parsed.data?.PAYLOAD_KEY_FILE && parsed.data.PAYLOAD_CODEC
      ? [`${prefix}PAYLOAD_KEY_FILE and ${prefix}PAYLOAD_CODEC exclude each other`]
      : []),
  ];
  if (problems.length > 0 || !parsed.data) {
    throw new UsageError(`The configuration has mistakes:\n  ${problems.join('\n  ')}\nAll settings: docs/settings.md`);
  }
  return resolveFolders(parsed.data, folder);
}

/** Settings of earlier versions, which may still be in somebody's `.env`. */
const former: Readonly<Record<string, string>> = {
  HOST_TIMEOUT: 'videos wait for their machine however long it is away',
};

function explainUnknown(name: string): string {
  const setting = name.slice(prefix.length);
  const why = Object.hasOwn(former, setting) ? former[setting] : undefined;
  return why === undefined
    ? `${name} is not a setting${suggestion(name)}`
    : `${name} is no longer a setting: ${why}. Remove it`;
}

const shownValue = (environment: Environment, name: string) =>
  words.get(settings[name as keyof typeof settings])?.secret ? '' : ` (it is "${environment[prefix + name]}")`;

function resolveFolders(values: z.infer<typeof schema>, folder: string) {
  const data = path.resolve(folder, values.DATA_DIR);
  return {
    ...values,
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
  const typed = name.slice(prefix.length);
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
