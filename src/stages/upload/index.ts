import { stat } from 'node:fs/promises';
import type { Corrections } from '../../domain/corrections.ts';
import { StageError } from '../../domain/errors.ts';
import { buildMetadata } from '../../domain/metadata.ts';
import type { PublishTarget } from '../../workspace/ledger.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { VideoMetadata } from '../../youtube/metadata.ts';
import type { YouTube } from '../../youtube/youtube.ts';
import { requireRecord, type StageContext } from '../context.ts';
import { matchOf } from '../prepare/index.ts';
import {
  type PublicationRecord,
  preparedRecord,
  publicationRecord,
  thumbnailFile,
  thumbnailRecord,
} from '../records.ts';
import { confirm } from './confirm.ts';
import { sendRecording } from './send-recording.ts';
import { sessionRecord } from './session-record.ts';

export interface UploadOptions {
  readonly target: PublishTarget;
  readonly club: { readonly hashtags: readonly string[] };
  readonly privacy: VideoMetadata['privacy'];
  readonly corrections?: Corrections | undefined;
}

export interface Uploaded {
  readonly youtubeId: string;
  readonly watchUrl: string;
  readonly title: string;
}

/**
 * Publishes the recording once: everything goes up private; then the thumbnail; the wanted visibility comes last and is
 * read back. Each step is written down as it is done, so that any later attempt goes on from there.
 * @throws StageError of the upload, the thumbnail or the metadata; PUBLISH_NOT_CONFIRMED
 */
export async function uploadVideo(
  videoPath: string,
  options: UploadOptions,
  youtube: YouTube,
  context: StageContext,
): Promise<Uploaded> {
  const { store, attempt, signal, report } = context;
  const workspace = await store.open(videoPath, attempt);
  const prepared = requireRecord(workspace, preparedRecord, 'prepare');
  const { fingerprint, recording } = prepared;

  const known = store.ledger.find(fingerprint, options.target);
  if (known) return known;
  const { drawnFrom } = requireRecord(workspace, thumbnailRecord, 'enhance');

  const metadata: VideoMetadata = {
    ...buildMetadata({
      match: matchOf(prepared, options.corrections),
      date: prepared.recordedOn,
      videoId: workspace.videoId,
      club: options.club,
      privacy: options.privacy,
      corrections: options.corrections,
    }),
    recordingDate: prepared.recordedOn,
    madeForKids: false,
  };

  const kind = publicationRecord(options.target);
  let publication = workspace.read(kind) ?? (await send());
  // Its address is a secret, and with the video's id on record it has served.
  workspace.remove(sessionRecord(options.target));
  const requireOurs = () => store.fence.refresh(workspace.videoId, attempt);
  const advance = (step: Partial<PublicationRecord>) => {
    publication = { ...publication, ...step };
    workspace.write(kind, publication);
  };

  // A correction may have come, and the thumbnail been drawn anew, after a first one was sent.
  if (publication.thumbnailSet !== drawnFrom && !publication.confirmed) {
    report({ fraction: 1, note: 'sending the thumbnail' });
    requireOurs();
    await youtube.setThumbnail(publication.youtubeId, workspace.path(thumbnailFile), { signal });
    advance({ thumbnailSet: drawnFrom });
  }
  if (!publication.confirmed) {
    report({ fraction: 1, note: `making it ${metadata.privacy}` });
    requireOurs();
    await youtube.updateVideo(publication.youtubeId, metadata, { signal });
    await confirm(youtube, publication, metadata, signal);
    advance({ confirmed: true, title: metadata.title, privacy: metadata.privacy });
  }
  const { youtubeId, watchUrl, title, publishedAt } = publication;
  store.ledger.enter({ fingerprint, target: options.target, youtubeId, watchUrl, title, recording, publishedAt });
  return { youtubeId, watchUrl, title };

  async function send(): Promise<PublicationRecord> {
    await requireUnchanged(videoPath, prepared.info.sizeBytes, workspace);
    const sent = await sendRecording(videoPath, { ...metadata, privacy: 'private' }, options.target, {
      youtube,
      workspace,
      context,
    });
    const record: PublicationRecord = {
      ...sent,
      watchUrl: youtube.watchUrl(sent.youtubeId),
      title: metadata.title,
      privacy: 'private',
      bytes: prepared.info.sizeBytes,
      confirmed: false,
      publishedAt: new Date().toISOString(),
    };
    workspace.write(kind, record);
    return record;
  }
}

async function requireUnchanged(videoPath: string, sizeBytes: number, { videoId }: Workspace): Promise<void> {
  const present = await stat(videoPath).catch(() => undefined);
  if (present?.size === sizeBytes) return;
  const problem = present ? `has changed since ${videoId} was prepared` : 'is gone';
  throw new StageError(present ? 'FILE_CHANGED' : 'FILE_MISSING', `${videoPath} ${problem}.`, {
    remedy: 'fix',
    action: 'Put the recording back as it was, then retry.',
  });
}
