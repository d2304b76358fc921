import { UsageError } from '../app/usage-error.ts';
import { momentOf } from '../domain/local-time.ts';

/** `2026-12-01 18:00` in the club's time zone, a full ISO 8601 date and time, or `now`. */
export function momentGiven(text: string, timeZone: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(text.trim()) ?? [];
  if (!day || !time) return text.trim();
  const moment = momentOf(`${day}T${time}`, timeZone);
  if (Number.isNaN(moment)) throw new UsageError(`${text} is not a moment such as 2026-12-01 18:00.`);
  return new Date(moment).toISOString();
}
