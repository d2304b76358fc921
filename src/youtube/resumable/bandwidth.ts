import { type Clock, systemClock } from './clock.ts';

/**
 * Milliseconds between two portions of a limited upload: short, so that a limited upload looks like a slow line, not
 * like bursts.
 */
const portionMs = 100;

/** Hours of the day, from the beginning of `from` to the beginning of `to`; `22` to `6` runs over midnight. */
export interface Hours {
  /** 0 to 23. */
  readonly from: number;
  /** 1 to 24. */
  readonly to: number;
}

/** One limit shared by all uploads that use it: together they send no more. */
export interface BandwidthLimit {
  /** The most bytes to take in one go; unlimited hours have no such bound. */
  portionBytes(): number;
  /** Resolves when `bytes` may leave. @throws the signal's reason */
  take(bytes: number, signal?: AbortSignal): Promise<void>;
}

/**
 * @param options.bytesPerSecond more than 0
 * @param options.hours when the limit applies; always, if omitted
 * @param options.timeZone of the hours, e.g. `Asia/Ho_Chi_Minh`; the system's, if omitted
 */
export function createBandwidthLimit(options: {
  bytesPerSecond: number;
  hours?: Hours | undefined;
  timeZone?: string | undefined;
  clock?: Clock | undefined;
}): BandwidthLimit {
  const { bytesPerSecond, hours, timeZone, clock = systemClock } = options;
  const hourOfDay = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone });
  const applies = () => !hours || isWithin(hours, Number(hourOfDay.format(clock.now())));
  /** When the bytes taken so far have left, in milliseconds of the clock. */
  let free = 0;

  return {
    portionBytes: () =>
      applies() ? Math.max(1, Math.floor((bytesPerSecond * portionMs) / 1000)) : Number.POSITIVE_INFINITY,
    async take(bytes, signal) {
      const now = clock.now();
      if (!applies()) return;
      const from = Math.max(now, free);
      free = from + (bytes / bytesPerSecond) * 1000;
      if (from > now) await clock.sleep(from - now, signal);
    },
  };
}

function isWithin({ from, to }: Hours, hour: number): boolean {
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}
