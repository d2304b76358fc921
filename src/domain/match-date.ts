/** The day on which a match was recorded. The rule, as a table for people: docs/recordings.md, "The date". */
export interface RecordingTimes {
  /** QuickTime's own date as given by the container: wall-clock time, usually with its offset (`…+0700`). */
  readonly quickTimeDate?: string | undefined;
  /** The creation time as given by the container: in UTC (`…Z`), or so it should be. */
  readonly creationTime?: string | undefined;
  /** The recording's last modification, used when the container says nothing useful. */
  readonly modifiedAt: Date;
  /** IANA time zone of the club, e.g. `Asia/Ho_Chi_Minh`. */
  readonly timeZone: string;
  /** Recordings dated more than a day after this moment are nonsense. */
  readonly now?: Date;
}

const oneHour = 60 * 60 * 1000;
const oneDay = 24 * oneHour;
// Containers without a clock say 1904 (epoch of ISO/IEC 14496-12, 8.2.2) or 1970, cameras with an empty battery 2000-01-01.
const earliest = Date.UTC(2000, 0, 2);
/** How much file systems round times and clocks differ. */
const imprecision = 60 * 1000;
/** No clock in the world is further ahead of UTC. */
const farthestAhead = 14 * oneHour;

/**
 * The day a match was played, `YYYY-MM-DD`: the first credible one of the given times, QuickTime's own date before the
 * creation time, else the day of the file's last modification.
 *
 * @throws RangeError for an unknown time zone or an invalid `modifiedAt`.
 */
export function matchDate(times: RecordingTimes): string {
  const { quickTimeDate, creationTime, modifiedAt, timeZone, now = new Date() } = times;
  const told = [quickTimeDate, creationTime].flatMap((text) => (text === undefined ? [] : readTimes(text)));
  const believed = told.find(({ instant }) => instant >= earliest && instant <= now.getTime() + oneDay);
  if (!believed) return localDay(modifiedAt, timeZone);
  const { instant, writtenDay, isUtc } = believed;
  return isUtc && !isLocalAfterAll(instant, modifiedAt) ? localDay(new Date(instant), timeZone) : writtenDay;
}

/**
 * Some cameras write their local time as if it were UTC. East of Greenwich that is later than the file's own time, and
 * a file is not older than its recording. If it is further ahead than any clock can be, the file's own time is wrong.
 */
function isLocalAfterAll(instant: number, modifiedAt: Date): boolean {
  const ahead = instant - modifiedAt.getTime();
  return ahead > imprecision && ahead <= farthestAhead;
}

/** `instant` in milliseconds since 1970, `writtenDay` as written in the text. A time without a zone is local. */
interface ToldTime {
  readonly instant: number;
  readonly writtenDay: string;
  readonly isUtc: boolean;
}

/** The times in a text: FFmpeg joins those of several fields with semicolons. Unreadable ones are left out. */
function readTimes(text: string): ToldTime[] {
  return text.split(';').flatMap((one) => readTime(one) ?? []);
}

function readTime(text: string): ToldTime | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(text.trim());
  if (!parts) return undefined;
  const [, day = '', time = '', zone = ''] = parts;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : 'Z';
  const instant = Date.parse(`${day}T${time}${offset}`);
  if (Number.isNaN(instant) || !isCalendarDay(day)) return undefined;
  const isUtc = /^Z$/i.test(zone) || /^[+-]00:?00$/.test(zone);
  return { instant, writtenDay: day, isUtc };
}

/** Whether a text is a calendar day, `YYYY-MM-DD`: 2023-02-29 is not. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const earliestGiven = '1990-01-01';

/** What is wrong with a day a person gives, if anything; `now` in milliseconds since 1970. */
export function dayProblem(text: string, now: number = Date.now()): string | undefined {
  if (!isCalendarDay(text)) return `the date ${JSON.stringify(text)} is no day of the calendar such as 2026-11-20`;
  if (text < earliestGiven) return `the date ${text} is before ${earliestGiven}`;
  // In UTC it is still yesterday where the sun is up: tomorrow is somebody's today.
  const latest = new Date(now + oneDay).toISOString().slice(0, 10);
  return text > latest ? `the date ${text} is in the future` : undefined;
}

/** The day of a moment in a zone, `YYYY-MM-DD`. @throws RangeError for an unknown time zone */
export function localDay(date: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const part = (type: string) => format.formatToParts(date).find((found) => found.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}
