import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { parseSize, type Size, sizeRule } from '../thumbnail/output-size.ts';
import { UsageError } from './usage-error.ts';

/**
 * The one schema of all settings. Every setting is an environment variable `BADMINTON_…`, from the environment
 * or from a `.env` file in the current folder; what the environment says wins. The connection to Temporal is
 * configured by the SDK's own variables (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, …) instead.
 */
const unitSeconds = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const;

const longestDays = 365;

const seconds = z
  .string()
  .transform((text, context) => {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
    if (amount && unit) return Number(amount) * unitSeconds[unit as keyof typeof unitSeconds];
    context.addIssue({ code: 'custom', message: 'must be a duration such as 30s, 10m, 12h or 3d' });
    return z.NEVER;
  })
  .refine((value) => value <= longestDays * unitSeconds.d, `must be at most ${longestDays}d`);

/** For what Temporal would read a zero of as "never". */
const someSeconds = seconds.refine((value) => value > 0, 'must be longer than 0s');

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

const prefixes = { '': 1, k: 1e3, M: 1e6, G: 1e9 } as const;

/** In bytes per second. */
const bandwidth = z.string().transform((text, context) => {
  const [, amount, prefix = '', unit] = /^(\d+(?:\.\d+)?) ?([kMG]?)(bit|B)\/s$/.exec(text.trim()) ?? [];
  const rate = (Number(amount) * prefixes[prefix as keyof typeof prefixes]) / (unit === 'bit' ? 8 : 1);
  // Less is a slip of the unit: no recording would arrive within the week that an upload session lives.
  if (rate >= 1000) return rate;
  context.addIssue({ code: 'custom', message: 'must be a speed such as 20Mbit/s or 500kB/s, at least 1kB/s' });
  return z.NEVER;
});

const hoursOfDay = z.string().transform((text, context) => {
  const [, first, last] = /^(\d{1,2})-(\d{1,2})$/.exec(text.trim()) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (from <= 23 && to >= 1 && to <= 24 && from !== to) return { from, to };
  context.addIssue({ code: 'custom', message: 'must be hours of the day such as 18-23 or 22-6' });
  return z.NEVER;
});

const port = whole(0, 65_535);
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`);
const yesNo = oneOf(['yes', 'no'])
  .default('no')
  .transform((answer) => answer === 'yes');
const phrases = z.string().transform((text) =>
  text
    .split(',')
    .map((phrase) => phrase.trim())
    .filter(Boolean),
);
const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));
const timeZone = z.string().refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'must be a time zone such as Asia/Ho_Chi_Minh');

const thumbnailSize = z.string().transform((text, context): Size | 'auto' => {
  const size = text === 'auto' ? text : parseSize(text);
  if (size) return size;
  context.addIssue({ code: 'custom', message: `must be auto, or ${sizeRule}` });
  return z.NEVER;
});

const defaultCpuConcurrency = String(Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2))));

const settings = {
  /** Holds everything the program keeps: workspaces, ledger, server database, local YouTube. */
  DATA_DIR: z.string().min(1).default('data'),
  /** The watched folder. */
  INPUT_DIR: z.string().min(1).optional(),
  /** Where a recording is moved once its publish is confirmed. */
  COMPLETED_DIR: z.string().min(1).optional(),

  TOP_N: whole(1, 50).default(5),
  /** Whether ranking looks at the players' postures; off, it goes by movement alone. */
  POSE: oneOf(['on', 'off']).default('on'),
  TEMPLATE: z.string().min(1).default('sidebar'),
  /** Theme of every thumbnail; by the tournament when absent. */
  THEME: z.string().min(1).optional(),
  /** The club's own templates and themes. */
  DESIGNS_DIR: z.string().min(1).optional(),
  /** `auto`: as large as the shown part of the frame has pixels for. */
  THUMBNAIL_SIZE: thumbnailSize.default('auto'),
  THUMBNAIL_MAX_MB: whole(1, 50).default(2),
  SELECTION_TIMEOUT: seconds.default(0),
  SELECTION_POLICY: oneOf(['wait', 'best', 'cancel']).default('wait'),

  CLUB_NAME: z.string().min(1).max(40).default('Cafe Badminton'),
  CLUB_LOGO: z.string().min(1).optional(),
  HASHTAGS: list.default(['sunbadminton', 'badminton', 'cafebadminton']),
  TIME_ZONE: timeZone.default(Intl.DateTimeFormat().resolvedOptions().timeZone),

  PUBLISH_TARGET: oneOf(['local', 'youtube']).default('local'),
  PRIVACY: oneOf(['public', 'unlisted', 'private']).default('unlisted'),
  /** Time of the day at which a public video becomes public. */
  PUBLISH_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day such as 18:00')
    .optional(),
  PLAYLIST: oneOf(['off', 'tournament']).default('off'),
  TAGS: phrases.default([]),
  MADE_FOR_KIDS: yesNo,
  SYNTHETIC_MEDIA: yesNo,
  LANGUAGE: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language such as vi or en-GB')
    .optional(),
  /** Whether the recording goes up, private, while the person has not chosen yet. */
  UPLOAD_EARLY: oneOf(['on', 'off']).default('off'),
  /** What Google gives the project a day. */
  QUOTA_UNITS: whole(0, 100_000_000).default(10_000),
  QUOTA_UPLOADS: whole(0, 1_000_000).default(100),
  /** The OAuth client, as downloaded from the Google Cloud console. */
  YOUTUBE_CLIENT: z.string().min(1).optional(),
  /** The sign-in that came of it. */
  YOUTUBE_CREDENTIALS: z.string().min(1).optional(),
  YOUTUBE_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:8090/' }).optional(),
  LOCAL_YOUTUBE_PORT: port.default(8090),
  STUDIO_PORT: port.default(8089),
  /** Whether paired devices of the home network may use the studio too. */
  STUDIO_ON_NETWORK: yesNo,
  UPLOAD_CHUNK_MIB: whole(1, 1024).default(256),
  /** What all uploads of this program together may take of the line, and in which hours of the day only. */
  UPLOAD_LIMIT: bandwidth.optional(),
  UPLOAD_LIMIT_HOURS: hoursOfDay.optional(),

  /** Where it is told, once each, that a video waits for a person or needs attention. */
  NOTIFY_WEBHOOK: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://example.org/hook' })
    .optional(),
  NOTIFY_COMMAND: z.string().min(1).optional(),

  TASK_QUEUE: z.string().min(1).default('badminton'),
  CPU_CONCURRENCY: whole(1, 64).default(Number(defaultCpuConcurrency)),
  UPLOAD_CONCURRENCY: whole(1, 16).default(2),
  TEMPORAL_PORT: port.default(7233),
  TEMPORAL_UI_PORT: port.default(8088),
  TEMPORAL_CLI: z.string().min(1).optional(),

  HEARTBEAT_TIMEOUT: someSeconds.default(20),
  HOST_TIMEOUT: someSeconds.default(600),
  RETRY_INTERVAL: someSeconds.default(2),
  RETRY_ATTEMPTS: whole(1, 1000).default(5),
  UPLOAD_RETRY_ATTEMPTS: whole(1, 1000).default(12),
  SHUTDOWN_GRACE: seconds.default(5),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error']).default('info'),
};

const prefix = 'BADMINTON_';
const schema = z.object(settings);

export type Environment = Readonly<Record<string, string | undefined>>;
export type Config = ReturnType<typeof resolveFolders>;

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
    ...unknown.map((name) => `${name} is not a setting${suggestion(name)}`),
    ...(parsed.error?.issues ?? []).map(
      (issue) => `${prefix}${String(issue.path[0])} ${issue.message}${shownValue(environment, String(issue.path[0]))}`,
    ),
    ...(parsed.data?.PUBLISH_AT && parsed.data.PRIVACY !== 'public'
      ? [`${prefix}PUBLISH_AT needs ${prefix}PRIVACY=public: YouTube publishes at a time, or not for all`]
      : []),
  ];
  if (problems.length > 0 || !parsed.data) {
    throw new UsageError(
      `The configuration has mistakes:\n  ${problems.join('\n  ')}\nAll settings: docs/operations.md`,
    );
  }
  return resolveFolders(parsed.data, folder);
}

/** Some addresses are as good as passwords. */
const secrets: readonly string[] = ['NOTIFY_WEBHOOK'];
const shownValue = (environment: Environment, name: string) =>
  secrets.includes(name) ? '' : ` (it is "${environment[prefix + name]}")`;

function resolveFolders(values: z.infer<typeof schema>, folder: string) {
  const data = path.resolve(folder, values.DATA_DIR);
  return {
    ...values,
    DATA_DIR: data,
    INPUT_DIR: values.INPUT_DIR ? path.resolve(folder, values.INPUT_DIR) : path.join(data, 'input'),
    DESIGNS_DIR: values.DESIGNS_DIR ? path.resolve(folder, values.DESIGNS_DIR) : path.join(data, 'designs'),
    COMPLETED_DIR: values.COMPLETED_DIR ? path.resolve(folder, values.COMPLETED_DIR) : path.join(data, 'completed'),
    ...(values.CLUB_LOGO && { CLUB_LOGO: path.resolve(folder, values.CLUB_LOGO) }),
    YOUTUBE_CLIENT: path.resolve(folder, values.YOUTUBE_CLIENT ?? path.join(data, 'youtube-client.json')),
    YOUTUBE_CREDENTIALS: path.resolve(
      folder,
      values.YOUTUBE_CREDENTIALS ?? path.join(data, 'youtube-credentials.json'),
    ),
  };
}

/** The setting whose name shares most words with the unknown one, or most letter pairs: a hint for typing mistakes. */
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
