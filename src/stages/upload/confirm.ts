import { StageError } from '../../domain/errors.ts';
import type { VideoMetadata } from '../../youtube/metadata.ts';
import type { YouTube } from '../../youtube/youtube.ts';
import type { PublicationRecord } from '../records.ts';

/**
 * Reads the video back: only what the channel itself shows as asked counts as published.
 * @throws StageError PUBLISH_NOT_CONFIRMED saying what differs
 */
export async function confirm(
  youtube: YouTube,
  { youtubeId, watchUrl, bytes }: PublicationRecord,
  wanted: VideoMetadata,
  signal: AbortSignal,
): Promise<void> {
  const shown = await youtube.getVideo(youtubeId, { signal });
  if (!shown) throw unconfirmed(watchUrl, 'the channel does not show it', 'retry');
  const { uploadStatus, reason, privacy, title, fileSize } = shown;
  if (uploadStatus === 'failed' || uploadStatus === 'rejected' || uploadStatus === 'deleted') {
    throw unconfirmed(watchUrl, `YouTube says ${uploadStatus}${reason ? ` (${reason})` : ''}`, 'fix');
  }
  if (fileSize !== undefined && fileSize !== bytes) {
    throw unconfirmed(watchUrl, `YouTube received ${fileSize} bytes of ${bytes}`, 'fix');
  }
  if (privacy !== wanted.privacy) throw unconfirmed(watchUrl, `it is ${privacy}, not ${wanted.privacy}`, 'fix');
  if (title !== wanted.title) throw unconfirmed(watchUrl, `its title is "${title}"`, 'retry');
}

function unconfirmed(watchUrl: string, difference: string, remedy: 'retry' | 'fix'): StageError {
  return new StageError('PUBLISH_NOT_CONFIRMED', `${watchUrl} is not as asked: ${difference}.`, {
    remedy,
    action: 'Look at the video in YouTube Studio, mend it there, then retry. The recording was not touched.',
  });
}
