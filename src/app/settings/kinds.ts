import { z } from 'zod';
import { parseSize, type Size, sizeRule } from '../../thumbnail/output-size.ts';

/** The kinds of values that settings have. Each describes what it accepts, for docs/settings.md. */
const unitSeconds = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const;

const longestDays = 365;

/** In seconds. */
export const duration = z
  .string()
  .transform((text, context) => {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
    if (amount && unit) return Number(amount) * unitSeconds[unit as keyof typeof unitSeconds];
    context.addIssue({ code: 'custom', message: 'must be a duration such as 30s, 10m, 12h or 3d' });
    return z.NEVER;
  })
  .refine((value) => value <= longestDays * unitSeconds.d, `must be at most ${longestDays}d`)
  .describe('duration');

/** In seconds; for settings in which Temporal would take zero to mean "never". */
export const someTime = duration
  .refine((value) => value > 0, 'must be longer than 0s')
  .describe('duration, longer than `0s`');

export const whole = (least: number, most: number) => {
  const problem = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d+$/, problem)
    .transform(Number)
    .refine((value) => value >= least && value <= most, problem)
    .describe(`${least} to ${most}`);
};

/** Zero picks a free one. */
export const port = whole(0, 65_535).describe('port; `0` takes a free one');

/** A host and a port to listen on. */
export const listenAddress = z
  .string()
  .transform((text, context): ListenAddress => {
    const [, name = '', digits] = /^(.+):(\d{1,5})$/.exec(text.trim()) ?? [];
    const number = Number(digits);
    if (digits !== undefined && number <= 65_535) return { host: name.replace(/^\[(.*)\]$/, '$1'), port: number };
    context.addIssue({ code: 'custom', message: 'must be an address and a port such as 127.0.0.1:9464' });
    return z.NEVER;
  })
  .describe('address and port; port `0` takes a free one');

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

const prefixes = { '': 1, k: 1e3, M: 1e6, G: 1e9 } as const;

/** In bytes per second. */
export const bandwidth = z
  .string()
  .transform((text, context) => {
    const [, amount, prefix = '', unit] = /^(\d+(?:\.\d+)?) ?([kMG]?)(bit|B)\/s$/.exec(text.trim()) ?? [];
    const rate = (Number(amount) * prefixes[prefix as keyof typeof prefixes]) / (unit === 'bit' ? 8 : 1);
    // Less must be a mistaken unit: no recording would arrive within the week that an upload session lives.
    if (rate >= 1000) return rate;
    context.addIssue({ code: 'custom', message: 'must be a speed such as 20Mbit/s or 500kB/s, at least 1kB/s' });
    return z.NEVER;
  })
  .describe('speed, at least `1kB/s`');

export const hoursOfDay = z
  .string()
  .transform((text, context) => {
    const [, first, last] = /^(\d{1,2})-(\d{1,2})$/.exec(text.trim()) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (from <= 23 && to >= 1 && to <= 24 && from !== to) return { from, to };
    context.addIssue({ code: 'custom', message: 'must be hours of the day such as 18-23 or 22-6' });
    return z.NEVER;
  })
  .describe('hours of the day');

export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day such as 18:00')
  .describe('time of day');

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`).describe(values.map((value) => `\`${value}\``).join(', '));

export const yesNo = oneOf(['yes', 'no'])
  .transform((answer) => answer === 'yes')
  .describe('`yes`, `no`');

export const phrases = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((phrase) => phrase.trim())
      .filter(Boolean),
  )
  .describe('list, separated by commas');

export const hashtags = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .describe('list, separated by spaces or commas');

export const timeZone = z
  .string()
  .refine((zone) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
    } catch {
      return false;
    }
  }, 'must be a time zone such as Asia/Ho_Chi_Minh')
  .describe('time zone');

export const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language such as vi or en-GB')
  .describe('language');

export const pictureSize = z
  .string()
  .transform((text, context): Size | 'auto' => {
    const size = text === 'auto' ? text : parseSize(text);
    if (size) return size;
    context.addIssue({ code: 'custom', message: `must be auto, or ${sizeRule}` });
    return z.NEVER;
  })
  .describe(`\`auto\`, or ${sizeRule.replace(/such as \S+/, 'in pixels')}`);

export const address = (example: string) =>
  z.url({ protocol: /^https?$/, error: `must be an address such as ${example}` }).describe('address');

const text = z.string().min(1);
export const folder = text.describe('folder');
export const file = text.describe('file');
export const name = text.describe('name');
export const shortText = (most: number) =>
  text.max(most, `must have at most ${most} characters`).describe(`text, at most ${most} characters`);
export const secretKey = z
  .string()
  .min(32, 'must have at least 32 characters')
  .max(200, 'must have at most 200 characters')
  .describe('32 to 200 characters');
export const commandLine = text.describe('command line');
