import { StageError } from '../../domain/errors.ts';
import { localDay } from '../../domain/match-date.ts';
import { videoIdOf } from '../../domain/video-id.ts';
import { preparedRecord, publicationRecord, thumbnailFile } from '../../stages/records.ts';
import { explainClientError, RefusedError } from '../../temporal/client/errors.ts';
import { listVideos, type VideoSummary } from '../../temporal/client/videos.ts';
import { isRehearsal, type Publication, rehearsedOnly } from '../../workspace/ledger.ts';
import { openReadOnly } from '../../workspace/workspace.ts';
import type { PublishedVideo } from '../published-list.ts';
import { notFound } from './problem.ts';
import type { StudioParts } from './studio-parts.ts';

export interface PublishedList {
  /** Of the latest day first. */
  readonly videos: PublishedVideo[];
  /** Why videos of other hosts may be missing. */
  readonly problem?: string;
}

/**
 * What this host has published, for good, and what others have, as long as Temporal remembers: on the real YouTube,
 * wherever videos go now; this host's rehearsals until they are published for real, and those of others while rehearsing.
 */
export async function publishedList(parts: StudioParts): Promise<PublishedList> {
  const { store, publishing } = parts;
  const target = parts.target();
  const asked = await publishedByAll(parts);
  const known = new Map(asked.videos.map((video) => [video.watchUrl, video]));
  const offered = new Set(publishing.rehearsed().map(({ videoId }) => videoId));
  // The sample match is never published for real, so it is listed only while rehearsing.
  const own = ownPublications(store).filter(
    (entry) => !isRehearsal(entry.target) || isRehearsal(target) || offered.has(videoIdOf(entry.fingerprint)),
  );
  const ofOwn = own.map((entry) => fromLedger(parts, entry, known.get(entry.watchUrl)));
  const listed = new Set(store.ledger.all().map(({ watchUrl }) => watchUrl));
  const ofOthers = [...known.values()].flatMap((video) =>
    listed.has(video.watchUrl) || (video.rehearsal && !isRehearsal(target)) ? [] : [fromVideo(parts, video)],
  );
  const videos = [...ofOwn, ...ofOthers].sort(
    (a, b) => b.day.localeCompare(a.day) || b.publishedAt.localeCompare(a.publishedAt),
  );
  return { videos, ...(asked.problem && { problem: asked.problem }) };
}

/** What the ledger of this host lists: a recording that went to both is one video, the real one. */
const ownPublications = ({ ledger }: StudioParts['store']): Publication[] => [
  ...ledger.all().filter(({ target }) => !isRehearsal(target)),
  ...rehearsedOnly(ledger),
];

/** The thumbnail of a publication of this host. @throws RequestError 404 */
export function publishedThumbnail({ store }: StudioParts, contentId: string): string {
  const listed = ownPublications(store).find(({ fingerprint }) => videoIdOf(fingerprint) === contentId);
  const workspace = listed && openReadOnly(store.workspaceRoot, contentId);
  if (!workspace) throw notFound('There is no such published video on this machine.');
  return workspace.path(workspace.read(publicationRecord(listed.target))?.picture?.file ?? thumbnailFile);
}

type PublishedSummary = VideoSummary & { readonly watchUrl: string };

/** Completed videos with a link, newest first; none while Temporal does not answer. */
async function publishedByAll({ client }: StudioParts): Promise<{
  videos: PublishedSummary[];
  problem?: string;
}> {
  try {
    const completed = await listVideos(client, { stage: 'COMPLETED' });
    const hasLink = (video: VideoSummary): video is PublishedSummary => video.watchUrl !== undefined;
    return { videos: completed.filter(hasLink) };
  } catch (error) {
    const known = explainClientError(error, 'its address');
    if (known instanceof RefusedError) return { videos: [], problem: known.message };
    throw error;
  }
}

function fromLedger(
  { store, timeZone }: StudioParts,
  { fingerprint, target, title, watchUrl, recording, publishedAt }: Publication,
  video: PublishedSummary | undefined,
): PublishedVideo {
  const contentId = videoIdOf(fingerprint);
  const workspace = openReadOnly(store.workspaceRoot, contentId);
  const { channel, publishAt, date } = unlessDamaged(() => workspace?.read(publicationRecord(target))) ?? {};
  const day = date ?? video?.recordedOn ?? unlessDamaged(() => workspace?.read(preparedRecord))?.recordedOn;
  return {
    ...(video && { videoId: video.videoId }),
    ...(workspace && { contentId }),
    ...{ title, watchUrl, recording, publishedAt, isRehearsal: isRehearsal(target) },
    day: day ?? localDay(new Date(publishedAt), timeZone()),
    ...(publishAt && { publishAt }),
    ...(channel && { channel }),
  };
}

/** The ledger says enough to list a video, so damaged records of one do not hide all. */
function unlessDamaged<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof StageError) return undefined;
    throw error;
  }
}

function fromVideo({ timeZone }: StudioParts, video: PublishedSummary): PublishedVideo {
  const { videoId, title, recording, recordedOn, since, watchUrl, rehearsal = false, hostName } = video;
  return {
    ...{ videoId, title: title ?? recording, watchUrl, recording, publishedAt: since, isRehearsal: rehearsal },
    day: recordedOn ?? localDay(new Date(since), timeZone()),
    ...(hostName && { hostName }),
  };
}
