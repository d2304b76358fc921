import type { MetricMeter } from '@temporalio/common';
import type { VideoUpload, YouTube } from '../../youtube/youtube.ts';

/** The same channel, with the bytes and the speed of its uploads measured. */
export function measureUploads(youtube: YouTube, meter: MetricMeter): YouTube {
  const bytes = meter.createCounter('badminton_upload_bytes', undefined, 'Bytes of recordings that were sent.');
  const speed = meter.createHistogram(
    'badminton_upload_speed',
    'float',
    'bytes_per_second',
    'Mean speed of each upload that reached its end, pauses included.',
  );
  bytes.add(0);
  const measure = (channel: YouTube): YouTube => ({
    ...channel,
    accountedTo: (spend) => measure(channel.accountedTo(spend)),
    async uploadVideo(upload) {
      const began = performance.now();
      // What an earlier attempt has sent is known once the server has been asked.
      let position = (await upload.store.load()) ? undefined : 0;
      let sent = 0;
      // It goes back where something has to be sent again, which then counts again.
      const moveTo = (next: number) => {
        const more = Math.max(0, next - (position ?? next));
        position = next;
        sent += more;
        if (more > 0) bytes.add(more);
      };
      const onProgress: VideoUpload['onProgress'] = (progress) => {
        moveTo(progress.sent);
        upload.onProgress?.(progress);
      };
      const video = await channel.uploadVideo({ ...upload, onProgress });
      moveTo(upload.size);
      if (sent > 0) speed.record((sent * 1000) / (performance.now() - began));
      return video;
    },
  });
  return measure(youtube);
}
