import { requireRecord } from '../context.ts';
import { type PublicationRecord, thumbnailFile, thumbnailRecord } from '../records.ts';
import { addToPlaylist } from './add-to-playlist.ts';
import { confirm } from './confirm.ts';
import { publicationKind, type UploadJob } from './job.ts';
import type { Uploaded } from './options.ts';
import { scheduleOf } from './schedule.ts';
import { setThumbnail } from './set-thumbnail.ts';
import { untilProcessed } from './until-processed.ts';

/**
 * Turns the private video on the channel into a published match. Thumbnail and playlist come first, as far as they are
 * available; title, texts and visibility follow in one call at the end, so that nobody ever sees it half done; then it
 * is read back.
 */
export async function publishVideo(job: UploadJob, sent: PublicationRecord): Promise<Uploaded> {
  const { workspace, youtube, context, options, prepared } = job;
  const { signal, report, store } = context;
  const kind = publicationKind(job);
  let publication = sent;
  const advance = (step: Partial<PublicationRecord>) => {
    publication = { ...publication, ...step };
    workspace.write(kind, publication);
  };

  if (!publication.confirmed) {
    if (options.order?.askAgain) advance({ askedAgainAt: new Date().toISOString() });
    const { drawnFrom } = requireRecord(workspace, thumbnailRecord, 'enhance');
    await setThumbnail(job, publication, { file: workspace.path(thumbnailFile), drawnFrom }, advance);
    const { sizeIsKnown } = await untilProcessed(job, publication);
    await addToPlaylist(job, publication, advance);

    const metadata = { ...job.metadata, publishAt: scheduleOf(job, publication.publishAt, Date.now()) };
    // Decided once: an attempt after that moment must not postpone a video that is already public to the next day.
    advance({ publishAt: metadata.publishAt ?? publication.publishAt });
    report({
      fraction: 1,
      note: metadata.publishAt ? 'setting the time of publishing' : `making it ${metadata.privacy}`,
    });
    job.requireOurs();
    await youtube.updateVideo(publication.youtubeId, metadata, { signal });
    const { channelId, channelTitle } = await confirm(job, publication, metadata);
    advance({
      confirmed: true,
      channel: channelTitle,
      title: metadata.title,
      privacy: metadata.privacy,
      publishAt: metadata.publishAt,
      sizeIsKnown,
      description: metadata.description,
      match: job.match,
      date: metadata.recordingDate,
      channelId,
    });
  }
  const { youtubeId, watchUrl, title, publishedAt } = publication;
  const { target } = options;
  store.ledger.enter({
    fingerprint: prepared.fingerprint,
    target,
    youtubeId,
    watchUrl,
    title,
    recording: prepared.recording,
    publishedAt,
  });
  store.uploads.forget(job.videoId, target);
  return { youtubeId, watchUrl, title, warnings: warningsOf(publication) };
}

function warningsOf({ thumbnailFailure, playlistFailure, sizeIsKnown }: PublicationRecord): string[] {
  return [
    ...(thumbnailFailure ? [thumbnailFailure.warning] : []),
    ...(playlistFailure ? [playlistFailure.warning] : []),
    ...(sizeIsKnown === false
      ? [
          'YouTube does not say how many bytes it received, so the recording stays where it is: check that the video is complete.',
        ]
      : []),
  ];
}
