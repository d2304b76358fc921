import { describeVisibility } from '../../domain/revision-plan.ts';
import type { RevisionReport } from '../../domain/revision-report.ts';
import type { EditableVideo } from '../../youtube/editable-video.ts';
import type { RevisionRecord } from '../records.ts';
import { planOf, remainderOf } from './intend.ts';
import type { RevisionJob } from './job.ts';
import { movePlaylist } from './playlist.ts';
import { readBack } from './read-back.ts';
import { changesOf, reportOf } from './report.ts';

/**
 * Does what is left of a revision. Thumbnail and playlist come first, so that a video which becomes public is whole by
 * then; title, description and visibility follow in one call.
 */
export async function carryOut(
  job: RevisionJob,
  entry: RevisionRecord,
  shown: EditableVideo,
  force: boolean | undefined,
  unitsAtMost: number,
): Promise<RevisionReport> {
  const { youtube, context, workspace, requireOurs } = job;
  const { signal, report } = context;
  const all = { plan: whole(job, entry, shown), thumbnail: entry.thumbnail, playlist: entry.playlist };
  const reported = { changes: changesOf(all), unitsAtMost, warnings: entry.warnings };
  if (entry.doneAt !== undefined) return reportOf(job, 'revised', shown, reported);
  const rest = remainderOf(job, entry, shown, force);
  if (rest.conflicts.length > 0) return reportOf(job, 'conflict', shown, { ...reported, plan: rest, changes: [] });

  let revision = entry;
  const { thumbnail, playlist, changed } = entry;
  if (thumbnail && !thumbnail.isSet) {
    report({ note: 'setting the thumbnail' });
    requireOurs();
    await youtube.setThumbnail(job.publication.youtubeId, workspace.path(thumbnail.after.file), { signal });
    job.advance({ thumbnailSet: thumbnail.after.drawnFrom, picture: thumbnail.after, thumbnailFailure: undefined });
    revision = { ...revision, thumbnail: { ...thumbnail, isSet: true } };
    job.save(revision);
  }
  if (playlist && job.publication.playlistId !== playlist.after) {
    report({ note: 'changing the playlist' });
    await movePlaylist(job, playlist);
    job.advance({ playlistId: playlist.after, playlistFailure: undefined });
  }
  const isChanging = (field: (typeof changed)[number]) => rest.changes.some((change) => change.field === field);
  if (rest.changes.length > 0) {
    report({ note: 'changing what is said of it' });
    requireOurs();
    const { title, description, privacy, publishAt } = rest.wanted;
    await youtube.changeVideo(
      job.publication.youtubeId,
      shown,
      {
        ...(isChanging('title') && { title }),
        ...(isChanging('description') && { description }),
        ...(isChanging('visibility') && { visibility: { privacy, publishAt } }),
      },
      { signal },
    );
  }
  job.advance({
    ...(changed.includes('title') && { title: entry.wanted.title }),
    ...(changed.includes('description') && { description: entry.wanted.description }),
    ...(changed.includes('visibility') && { privacy: entry.wanted.privacy, publishAt: entry.wanted.publishAt }),
  });
  report({ note: 'reading it back' });
  const after = await readBack(job, rest.wanted, { changed, hasPicture: thumbnail !== undefined });
  if (after.channelId !== undefined) job.advance({ channelId: after.channelId });
  job.save({ ...revision, doneAt: new Date().toISOString() });
  return reportOf(job, 'revised', after, reported);
}

/** All that the revision changes, whatever of it is done by now. */
const whole = (job: RevisionJob, { before, wanted, changed }: RevisionRecord, shown: EditableVideo) => {
  const plan = planOf(job, {}, before, shown);
  const words = {
    title: [before.title, wanted.title],
    description: [before.description, wanted.description],
    visibility: [before, wanted].map((texts) => describeVisibility(texts, job.options.timeZone)),
  };
  return {
    ...plan,
    changes: changed.map((field) => ({ field, before: words[field][0] ?? '', after: words[field][1] ?? '' })),
  };
};
