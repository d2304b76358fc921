/** A clock's reading in a zone, as if it were UTC; the difference to the moment itself is the zone's offset. */
function readingAt(moment: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const part = (type: string) => Number(format.formatToParts(moment).find((found) => found.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/**
 * The moment at which clocks in the zone show this reading (`YYYY-MM-DDTHH:MM`); in an hour that clocks skip, one hour
 * later.
 */
export function momentOf(reading: string, timeZone: string): number {
  const wanted = Date.parse(`${reading}Z`);
  let moment = wanted;
  // The offset at the guess, then the offset at the better guess: enough on both sides of a change.
  for (const _round of [1, 2]) moment += wanted - readingAt(moment, timeZone);
  return moment;
}

/** The next moment after `now` at which clocks in the zone show `time` (`HH:MM`). Milliseconds since 1970. */
export function nextTimeOfDay(time: string, timeZone: string, now: number): number {
  const today = readingAt(now, timeZone);
  for (let days = 0; ; days++) {
    const day = new Date(today + days * 86_400_000).toISOString().slice(0, 10);
    const moment = momentOf(`${day}T${time}`, timeZone);
    if (moment > now) return moment;
  }
}

/** A moment for people, such as `Tue, 24 Nov 2026, 15:00`; in the machine's own zone if none is named. */
export function showMoment(moment: number | string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(timeZone !== undefined && { timeZone }),
    hourCycle: 'h23',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return format.format(new Date(moment));
}
