const imfFixdate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** A server with a wrong clock, or a wrong unit, must not put an upload to sleep for years. */
const longestMs = 24 * 3_600_000;

/**
 * The milliseconds a `Retry-After` asks for: whole seconds or an HTTP date (RFC 9110, 10.2.3 and 5.6.7), a day at most.
 * Undefined for anything else: `Date.parse` would read "1.5" as the fifth of January.
 *
 * @param now milliseconds since the epoch
 */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(longestMs, Number(text) * 1000);
  const date = imfFixdate.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(longestMs, Math.max(0, date - now));
}
