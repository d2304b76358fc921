/** What calls of the YouTube Data API cost: units, and session starts of videos.insert, which have their own bucket. */
export interface Cost {
  readonly units: number;
  readonly uploads: number;
}

export const nothing: Cost = { units: 0, uploads: 0 };

export const plus = (a: Cost, b: Cost): Cost => ({ units: a.units + b.units, uploads: a.uploads + b.uploads });
export const minus = (a: Cost, b: Cost): Cost => ({ units: a.units - b.units, uploads: a.uploads - b.uploads });
export const fits = (cost: Cost, room: Cost): boolean => cost.units <= room.units && cost.uploads <= room.uploads;

const pacific = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
  timeZone: 'America/Los_Angeles',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day, `YYYY-MM-DD`, on which a moment's calls are counted: Google counts by Pacific days. */
export function quotaDay(now: number): string {
  const part = (type: string) => pacific.formatToParts(now).find((found) => found.type === type)?.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/**
 * The next midnight in Los Angeles, where the quotas reset ("YouTube Data API: Quota Calculator"): 07:00 UTC in
 * summer and 08:00 in winter. Milliseconds since 1970.
 * @param resets 1 for the next one, 2 for the one after it, …
 */
export function quotaReset(now: number, resets = 1): number {
  const [year = 0, month = 1, day = 1] = quotaDay(now).split('-').map(Number);
  const summer = Date.UTC(year, month - 1, day + resets, 7);
  const isMidnight = quotaDay(summer) !== quotaDay(summer - 1);
  return isMidnight ? summer : Date.UTC(year, month - 1, day + resets, 8);
}

/** When a video's turn comes: after how many resets, and its position within that day (0 for the first). */
export interface Turn {
  readonly resets: number;
  readonly position: number;
}

/**
 * Spreads videos over the days, first come first served: each takes the first day that has room for it after those
 * ahead of it. One that needs more than a whole day's quota gets its own day.
 * @param free what is left of today
 */
export function turnOf(wanted: Cost, ahead: readonly Cost[], free: Cost, perDay: Cost): Turn {
  let room = free;
  let resets = 0;
  let position = 0;
  for (const cost of [...ahead, wanted]) {
    if (!fits(cost, room)) {
      resets += 1;
      room = perDay;
      position = 0;
    }
    room = minus(room, cost);
    position += 1;
  }
  return { resets, position: position - 1 };
}
