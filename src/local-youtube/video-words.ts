import type { StoredVideo } from './library.ts';
import { uploadStatus } from './processing.ts';
import { visibleStatus } from './video-resource.ts';

/** E.g. `unlisted`, or `private until 2026-12-01 18:00 UTC`. */
export function visibility(video: StoredVideo, now: number): string {
  const { privacyStatus, publishAt } = visibleStatus(video, now);
  if (publishAt === undefined) return privacyStatus;
  return `${privacyStatus} until ${new Date(publishAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** E.g. `processed`, or `rejected: duplicate`. */
export function processing(video: StoredVideo, now: number): string {
  const status = uploadStatus(video, now);
  if (status.uploadStatus === 'uploaded') return 'being processed';
  return status.reason === undefined ? status.uploadStatus : `${status.uploadStatus}: ${status.reason}`;
}
