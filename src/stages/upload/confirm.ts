import { StageError } from '../../domain/errors.ts';
import type { VideoMetadata } from '../../youtube/metadata.ts';
import type { ChannelVideo } from '../../youtube/youtube.ts';
import { plannedPause } from '../planned-pause.ts';
import type { PublicationRecord } from '../records.ts';
import type { UploadJob } from './job.ts';

/** How often the channel is asked before a difference is believed: a change may take a moment. */
const mostLooks = 3;

/**
 * Reads the video back: only what the channel itself shows as requested counts as published.
 * @throws StageError PUBLISH_NOT_CONFIRMED saying what differs
 */
export async function confirm(
  { youtube, options, context }: UploadJob,
  { youtubeId, watchUrl }: PublicationRecord,
  wanted: VideoMetadata,
): Promise<ChannelVideo> {
  const { signal } = context;
  for (let looks = 1; ; looks++) {
    const shown = await youtube.getVideo(youtubeId, { signal });
    const difference = differs(shown, wanted);
    if (shown && !difference) return shown;
    if (difference && looks === mostLooks) throw unconfirmed(watchUrl, difference);
    await plannedPause(options.retryPauseSeconds * 1000 * 2 ** (looks - 1), context);
  }
}

interface Difference {
  readonly what: string;
  /** Whether the same call may fix it. */
  readonly remedy: 'retry' | 'fix';
}

function differs(shown: ChannelVideo | undefined, wanted: VideoMetadata): Difference | undefined {
  if (!shown) return { what: 'the channel does not show it', remedy: 'retry' };
  const visibility = visibilityDiffers(shown, wanted, Date.now());
  if (visibility) return { what: visibility, remedy: 'fix' };
  if (shown.title !== wanted.title) return { what: `its title is "${shown.title}"`, remedy: 'retry' };
  if (shown.description !== wanted.description) return { what: 'its description differs', remedy: 'retry' };
  if (shown.madeForKids === wanted.madeForKids) return undefined;
  return { what: `it is declared ${wanted.madeForKids ? 'not ' : ''}made for kids`, remedy: 'fix' };
}

function visibilityDiffers(
  shown: ChannelVideo,
  { privacy, publishAt }: VideoMetadata,
  now: number,
): string | undefined {
  if (publishAt === undefined) return shown.privacy === privacy ? undefined : `it is ${shown.privacy}, not ${privacy}`;
  if (shown.privacy === 'public' && now >= Date.parse(publishAt)) return undefined;
  const isScheduled = shown.publishAt !== undefined && Date.parse(shown.publishAt) === Date.parse(publishAt);
  if (shown.privacy === 'private' && isScheduled) return undefined;
  return `it is ${shown.privacy}, to be published ${shown.publishAt ?? 'never'}, not ${publishAt}`;
}

function unconfirmed(watchUrl: string, { what, remedy }: Difference): StageError {
  return new StageError('PUBLISH_NOT_CONFIRMED', `${watchUrl} is not as requested: ${what}.`, {
    remedy,
    action: 'Fix the video in YouTube Studio, then retry. The recording was not touched.',
  });
}
