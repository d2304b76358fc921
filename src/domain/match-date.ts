export interface RecordingTimes {
  /** The container's creation time in ISO 8601: UTC (`…Z`) or with the phone's own offset (`…+0700`, `…+07:00`). */
  readonly creationTime?: string | undefined;
  /** The recording's last modification, used when the container says nothing of use. */
  readonly modifiedAt: Date;
  /** IANA time zone of the club, e.g. `Asia/Ho_Chi_Minh`. */
  readonly timeZone: string;
  /** Recordings from later than a day after this moment are nonsense. */
  readonly now?: Date;
}

// Containers without a clock say 1904 (epoch of ISO/IEC 14496-12, 8.2.2) or 1970, cameras with an empty battery 2000-01-01.
const earliest = Date.UTC(2000, 0, 2);
const oneDay = 24 * 60 * 60 * 1000;

/**
 * The day a match was played, `YYYY-MM-DD`: the day in the recording's own offset when it has one, in the club's time
 * zone when it is UTC, else the day of the file's last modification in that zone.
 *
 * @throws RangeError for an unknown time zone or an invalid `modifiedAt`.
 */
export function matchDate({ creationTime, modifiedAt, timeZone, now = new Date() }: RecordingTimes): string {
  const created = creationTime === undefined ? undefined : readTime(creationTime);
  if (!created || created.instant < earliest || created.instant > now.getTime() + oneDay) {
    return localDay(modifiedAt, timeZone);
  }
  return created.isUtc ? localDay(new Date(created.instant), timeZone) : created.writtenDay;
}

/** `instant` in milliseconds since 1970, `writtenDay` as the text has it. A time without any zone is a local one. */
function readTime(text: string): { instant: number; writtenDay: string; isUtc: boolean } | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(text.trim());
  if (!parts) return undefined;
  const [, day = '', time = '', zone = ''] = parts;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : 'Z';
  const instant = Date.parse(`${day}T${time}${offset}`);
  if (Number.isNaN(instant) || !isCalendarDay(day)) return undefined;
  const isUtc = /^Z$/i.test(zone) || /^[+-]00:?00$/.test(zone);
  return { instant, writtenDay: day, isUtc };
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`: 2023-02-29 is not. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function localDay(date: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const part = (type: string) => format.formatToParts(date).find((found) => found.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}
