import type { RevisedField, Texts } from '../../domain/revision-plan.ts';
import type { ChannelVideo } from '../../youtube/youtube.ts';
import { plannedPause } from '../planned-pause.ts';
import { unconfirmed, visibilityDiffers } from '../upload/confirm.ts';
import type { RevisionJob } from './job.ts';

/** How often the channel is asked before a difference is believed: a change may take a moment. */
const mostLooks = 2;

/**
 * Only what the channel itself shows counts as done.
 * @throws StageError PUBLISH_NOT_CONFIRMED saying what differs
 */
export async function readBack(
  { youtube, publication, options, context }: RevisionJob,
  wanted: Texts,
  { changed, hasPicture }: { readonly changed: readonly RevisedField[]; readonly hasPicture: boolean },
): Promise<ChannelVideo> {
  for (let looks = 1; ; looks += 1) {
    const shown = await youtube.getVideo(publication.youtubeId, { signal: context.signal });
    const what = shown ? differs(shown, wanted, changed, hasPicture) : 'the channel does not show it';
    if (shown && what === undefined) return shown;
    if (looks === mostLooks) throw unconfirmed(publication.watchUrl, { what: what ?? '', remedy: 'retry' });
    await plannedPause(options.retryPauseSeconds * 1000, context);
  }
}

function differs(
  shown: ChannelVideo,
  wanted: Texts,
  changed: readonly RevisedField[],
  hasPicture: boolean,
): string | undefined {
  if (changed.includes('title') && shown.title !== wanted.title) return `its title is "${shown.title}"`;
  if (changed.includes('description') && shown.description !== wanted.description) return 'its description differs';
  if (hasPicture && !shown.hasCustomThumbnail) return 'it has no thumbnail of its own';
  return changed.includes('visibility') ? visibilityDiffers(shown, wanted, Date.now()) : undefined;
}
