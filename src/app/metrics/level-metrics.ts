import { statfs } from 'node:fs/promises';
import type { MetricMeter } from '@temporalio/common';
import type { Store } from '../../workspace/store.ts';
import type { Config } from '../config.ts';
import { quota } from '../stage-options.ts';

/** Says how much there is left of what runs out: the quota, and the disks. */
export function measureLevels(meter: MetricMeter, now: () => Config, store: Store): { refresh(): Promise<void> } {
  const left = meter.createGauge('badminton_quota_left', 'int', undefined, "What is not spent of today's quota.");
  const limit = meter.createGauge('badminton_quota_limit', 'int', undefined, "The day's quota, as it is set.");
  const reserved = meter.createGauge('badminton_quota_reserved', 'int', undefined, 'Quota promised to videos.');
  const free = meter.createGauge(
    'badminton_disk_free_bytes',
    'int',
    undefined,
    'Bytes that can still be written where the folder is.',
  );
  return {
    async refresh() {
      const config = now();
      const folders = { data: config.DATA_DIR, input: config.INPUT_DIR, completed: config.COMPLETED_DIR };
      const today = store.quota.today(config.PUBLISH_TARGET, quota(config));
      for (const bucket of ['units', 'uploads'] as const) {
        left.set(Math.max(0, today.limits[bucket] - today.spent[bucket]), { bucket });
        limit.set(today.limits[bucket], { bucket });
        reserved.set(today.reserved[bucket], { bucket });
      }
      for (const [folder, place] of Object.entries(folders)) {
        // Of a folder that is not there yet, nothing is known.
        const disk = await statfs(place).catch(() => undefined);
        if (disk) free.set(disk.bavail * disk.bsize, { folder });
      }
    },
  };
}
