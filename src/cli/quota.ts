import type { Config } from '../app/config.ts';
import { quota as quotaOf } from '../app/stage-options.ts';
import { showMoment } from '../domain/local-time.ts';
import type { QuotaState } from '../workspace/quota-ledger.ts';
import { openStore } from '../workspace/store.ts';

/** What this machine has spent of YouTube's daily quota. */
export function quotaToday(config: Config): QuotaState {
  const store = openStore(config.DATA_DIR);
  try {
    return store.quota.today(config.PUBLISH_TARGET, quotaOf(config));
  } finally {
    store.close();
  }
}

/**
 * For example `302 of 10000 units and 2 of 100 uploads spent today, 151 units reserved; renewed at Tue, 24 Nov 2026,
 * 15:00`.
 */
export function describeQuota({ limits, spent, reserved, waiting, resetsAt, refusedUntil }: QuotaState): string {
  return [
    `${spent.units} of ${limits.units} units and ${spent.uploads} of ${limits.uploads} uploads spent today`,
    ...(reserved.units > 0 ? [`, ${reserved.units} units reserved`] : []),
    ...(waiting > 0 ? [`, ${waiting} ${waiting === 1 ? 'video waits' : 'videos wait'}`] : []),
    `; renewed at ${showMoment(resetsAt)}`,
    ...(refusedUntil ? [`. YouTube accepts no more before ${showMoment(refusedUntil)}`] : []),
  ].join('');
}
