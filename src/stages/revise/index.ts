import { StageError } from '../../domain/errors.ts';
import { isEmpty, type Revision } from '../../domain/revision.ts';
import type { RevisionOrder } from '../../domain/revision-order.ts';
import type { RevisionReport } from '../../domain/revision-report.ts';
import type { EditableVideo } from '../../youtube/editable-video.ts';
import type { YouTube } from '../../youtube/youtube.ts';
import type { StageContext } from '../context.ts';
import type { RevisionRecord } from '../records.ts';
import { believeRefusals, refusalsEnded } from '../upload/quota.ts';
import { ofOneCause, signInWorks } from '../upload/sign-in-cause.ts';
import { carryOut } from './carry-out.ts';
import { unitsAtMost } from './cost.ts';
import { type Intent, intentOf, lastRevision } from './intend.ts';
import { openRevision, type ReviseOptions, type RevisionJob } from './job.ts';
import { readChannel } from './read-channel.ts';
import { changesOf, pictureToDraw, reportOf } from './report.ts';

export type { ReviseOptions } from './job.ts';

/** What the channel shows now, and what a revision would come to. Changes nothing, and costs one unit or two. */
export async function lookAtPublished(
  videoId: string,
  order: RevisionOrder,
  options: ReviseOptions,
  youtube: YouTube,
  context: StageContext,
): Promise<RevisionReport> {
  const job = await openRevision(videoId, options, youtube, context);
  return charged(job, async () => {
    const shown = await readChannel(job);
    const intent = await intentOf(job, order, shown);
    const changes = [...changesOf(intent), ...pictureToDraw(job, order)];
    return reportOf(job, 'looked', shown, { ...intent, changes, unitsAtMost: costOf(job, order) });
  });
}

/**
 * Changes what was asked about a published video and nothing else: reads what is on the channel, records it, sets the
 * thumbnail, the playlist and the texts, and reads them back. Each step is recorded as it is done, so that an attempt
 * that follows a killed one resumes there. A conflict, or what YouTube does not take, changes nothing at all.
 * @throws StageError STAGE_ORDER, PUBLISH_NOT_CONFIRMED, UPLOAD_REJECTED and others of the calls
 */
export async function reviseVideo(
  videoId: string,
  order: RevisionOrder,
  options: ReviseOptions,
  youtube: YouTube,
  context: StageContext,
): Promise<RevisionReport> {
  const job = await openRevision(videoId, options, youtube, context);
  const { quota } = context.store;
  const begun = job.revisions.find(({ id }) => id === order.id);
  const cost = costOf(job, order);
  if (!begun) quota.reserve(options.target, videoId, { units: cost, uploads: 0 }, options.quota, true);
  try {
    const report = await charged(job, async () => {
      const shown = await readChannel(job);
      if (begun) return await carryOut(job, begun, shown, order.force, cost);
      const intent = await intentOf(job, order, shown);
      const outcome = idleOutcome(intent, order);
      if (outcome) return reportOf(job, outcome, shown, { ...intent, unitsAtMost: cost });
      const entry = entryOf(order, intent, shown);
      job.save(entry);
      return await carryOut(job, entry, shown, order.force, cost);
    });
    job.noteShown(report.shown);
    return report;
  } finally {
    quota.release(options.target, videoId);
  }
}

/** Why nothing is done. */
function idleOutcome(intent: Intent, { putBack }: RevisionOrder): RevisionReport['outcome'] | undefined {
  const { conflicts, refused } = intent.plan;
  if (conflicts.length > 0) return 'conflict';
  const isIdle = changesOf(intent).length === 0;
  // What cannot be put back does not keep the rest from it.
  if (refused.length > 0 && (isIdle || !putBack)) return 'refused';
  return isIdle ? 'unchanged' : undefined;
}

function entryOf({ id }: RevisionOrder, { plan, thumbnail, playlist }: Intent, shown: EditableVideo): RevisionRecord {
  const { title, description, privacy, publishAt } = shown;
  return {
    id,
    begunAt: new Date().toISOString(),
    before: { title, description, privacy, publishAt },
    wanted: { ...plan.wanted },
    changed: plan.changes.map(({ field }) => field),
    ...(thumbnail && { thumbnail: { ...thumbnail, isSet: false } }),
    ...(playlist && { playlist }),
    warnings: plan.refused.map(({ problem }) => problem),
  };
}

/** @throws StageError METADATA_INVALID if nothing is asked, or there is nothing to put back */
function costOf(job: RevisionJob, { revision, putBack }: RevisionOrder): number {
  const { playlists } = job.context.store;
  const { playlist } = revision;
  if (!putBack) {
    const isKnown = !playlist || playlists.find(playlist, job.options.target)?.playlistId !== undefined;
    return isEmpty(revision) ? 1 : unitsAtMost(revision, { looksForPlaylist: !isKnown });
  }
  const last = lastRevision(job);
  if (!last) throw nothingToPutBack(job.videoId);
  return unitsAtMost(shapeOf(last));
}

/** A revision that costs as much as undoing this one. */
const shapeOf = ({ changed, thumbnail, playlist }: RevisionRecord): Revision => ({
  ...(changed.length > 0 && { title: '' }),
  ...(thumbnail?.before && { thumbnail: {} }),
  ...(playlist && { playlist: playlist.before ?? '' }),
});

function nothingToPutBack(videoId: string): StageError {
  return new StageError('METADATA_INVALID', `${videoId} has not been revised, so there is nothing to put back.`, {
    remedy: 'fix',
    action: `See what is on the channel: npx badminton revise ${videoId}`,
  });
}

/** What YouTube says about quota and sign-in counts for everything else, too. */
async function charged<T>(job: RevisionJob, work: () => Promise<T>): Promise<T> {
  try {
    const done = await believeRefusals(job, 'units', work);
    signInWorks(job);
    refusalsEnded(job, 'units');
    return done;
  } catch (error) {
    throw ofOneCause(job, error);
  }
}
