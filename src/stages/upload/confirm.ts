import { StageError } from '../../domain/errors.ts';
import type { VideoMetadata } from '../../youtube/metadata.ts';
import type { VideoState, YouTube } from '../../youtube/youtube.ts';
import type { PublicationRecord } from '../records.ts';

/**
 * Reads the video back: only what the channel itself shows as asked counts as published.
 * @throws StageError PUBLISH_NOT_CONFIRMED saying what differs
 */
export async function confirm(
  youtube: YouTube,
  { youtubeId, watchUrl }: PublicationRecord,
  wanted: VideoMetadata,
  signal: AbortSignal,
): Promise<void> {
  const shown = await youtube.getVideo(youtubeId, { signal });
  if (!shown) throw unconfirmed(watchUrl, 'the channel does not show it', 'retry');
  const visibility = visibilityDiffers(shown, wanted, Date.now());
  if (visibility) throw unconfirmed(watchUrl, visibility, 'fix');
  if (shown.title !== wanted.title) throw unconfirmed(watchUrl, `its title is "${shown.title}"`, 'retry');
  if (shown.description !== wanted.description) throw unconfirmed(watchUrl, 'its description is another', 'retry');
  if (shown.madeForKids !== wanted.madeForKids) {
    throw unconfirmed(watchUrl, `it is declared ${wanted.madeForKids ? 'not ' : ''}made for kids`, 'fix');
  }
}

function visibilityDiffers(shown: VideoState, { privacy, publishAt }: VideoMetadata, now: number): string | undefined {
  if (publishAt === undefined) return shown.privacy === privacy ? undefined : `it is ${shown.privacy}, not ${privacy}`;
  if (shown.privacy === 'public' && now >= Date.parse(publishAt)) return undefined;
  const isScheduled = shown.publishAt !== undefined && Date.parse(shown.publishAt) === Date.parse(publishAt);
  if (shown.privacy === 'private' && isScheduled) return undefined;
  return `it is ${shown.privacy}, to be published ${shown.publishAt ?? 'never'}, not ${publishAt}`;
}

function unconfirmed(watchUrl: string, difference: string, remedy: 'retry' | 'fix'): StageError {
  return new StageError('PUBLISH_NOT_CONFIRMED', `${watchUrl} is not as asked: ${difference}.`, {
    remedy,
    action: 'Look at the video in YouTube Studio, mend it there, then retry. The recording was not touched.',
  });
}
