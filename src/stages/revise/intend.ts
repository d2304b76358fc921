import type { Revision } from '../../domain/revision.ts';
import type { DrawnPicture, RevisionOrder } from '../../domain/revision-order.ts';
import { isScheduled, type LastPublished, planRevision, type RevisionPlan } from '../../domain/revision-plan.ts';
import type { EditableVideo } from '../../youtube/editable-video.ts';
import type { RevisionRecord } from '../records.ts';
import type { RevisionJob } from './job.ts';
import { playlistCalled } from './playlist.ts';
import { presentPicture } from './present-picture.ts';

/** What an order comes to, once the channel has been looked at. */
export interface Intent {
  readonly plan: RevisionPlan;
  readonly thumbnail?: { readonly before?: DrawnPicture | undefined; readonly after: DrawnPicture } | undefined;
  readonly playlist?: { readonly before?: string | undefined; readonly after?: string | undefined } | undefined;
}

/** The last one that has changed something. */
export const lastRevision = ({ revisions }: Pick<RevisionJob, 'revisions'>): RevisionRecord | undefined =>
  revisions.at(-1);

export async function intentOf(job: RevisionJob, order: RevisionOrder, shown: EditableVideo): Promise<Intent> {
  const { publication } = job;
  const last = order.putBack ? lastRevision(job) : undefined;
  const asked = last ? askedBack(last) : order.revision;
  const plan = planOf(job, asked, lastPublished(job, shown), shown, order.force);
  const picture = last ? last.thumbnail?.before : order.picture;
  const playlistId = await wantedPlaylist(job, order, last);
  return {
    plan,
    ...(picture &&
      picture.drawnFrom !== publication.thumbnailSet && {
        thumbnail: { before: presentPicture(job.workspace, publication), after: picture },
      }),
    ...(playlistId !== 'as it is' &&
      playlistId !== publication.playlistId && { playlist: { before: publication.playlistId, after: playlistId } }),
  };
}

/** What is left to do of a revision that was begun: it compares with what it found then. */
export const remainderOf = (
  job: RevisionJob,
  entry: RevisionRecord,
  shown: EditableVideo,
  force?: boolean,
): RevisionPlan => planOf(job, askedOf(entry.changed, entry.wanted, shown), entry.before, shown, force);

export const planOf = (
  { options }: RevisionJob,
  asked: Revision,
  published: LastPublished,
  shown: EditableVideo,
  force?: boolean,
): RevisionPlan => {
  const { title, description, privacy, publishAt } = shown;
  const { timeZone } = options;
  return planRevision(
    asked,
    published,
    { title, description, privacy, publishAt },
    { now: Date.now(), force, timeZone },
  );
};

/** What this program last put there; also what a revision has done that was stopped before it could say so. */
export function lastPublished(job: RevisionJob, shown: EditableVideo): LastPublished {
  const { title, description, privacy, publishAt } = job.publication;
  const known = { title, description, privacy: privacy as EditableVideo['privacy'], publishAt };
  const last = lastRevision(job);
  if (!last || last.doneAt !== undefined) return known;
  const { wanted, changed } = last;
  return {
    title: changed.includes('title') && shown.title === wanted.title ? wanted.title : known.title,
    description:
      changed.includes('description') && shown.description === wanted.description
        ? wanted.description
        : known.description,
    ...(changed.includes('visibility') && shown.privacy === wanted.privacy
      ? { privacy: wanted.privacy, publishAt: wanted.publishAt }
      : { privacy: known.privacy, publishAt: known.publishAt }),
  };
}

function askedBack({ changed, before }: RevisionRecord): Revision {
  return {
    ...(changed.includes('title') && { title: before.title }),
    ...(changed.includes('description') && { description: before.description }),
    ...(changed.includes('visibility') &&
      (before.publishAt === undefined ? { privacy: before.privacy } : { publishAt: before.publishAt })),
  };
}

/** The same as was asked, in the form of what was wanted. */
function askedOf(changed: RevisionRecord['changed'], wanted: RevisionRecord['wanted'], shown: EditableVideo): Revision {
  const keepsSchedule = wanted.publishAt !== undefined && isScheduled(shown, Date.now());
  return {
    ...(changed.includes('title') && { title: wanted.title }),
    ...(changed.includes('description') && { description: wanted.description }),
    ...(changed.includes('visibility') &&
      (keepsSchedule ? { publishAt: wanted.publishAt } : { privacy: wanted.publishAt ? 'public' : wanted.privacy })),
  };
}

async function wantedPlaylist(
  job: RevisionJob,
  { revision, putBack }: RevisionOrder,
  last: RevisionRecord | undefined,
): Promise<string | undefined> {
  if (putBack) return last?.playlist ? last.playlist.before : 'as it is';
  return revision.playlist === undefined ? 'as it is' : playlistCalled(job, revision.playlist);
}
