import { StageError } from '../../domain/errors.ts';
import { videoIdOf } from '../../domain/video-id.ts';
import { probe } from '../../media/index.ts';
import { recordedDay } from '../../stages/prepare/index.ts';
import { type PreparedRecord, preparedRecord } from '../../stages/records.ts';
import type { VideoSummary } from '../../temporal/client/videos.ts';
import { whereaboutsOf } from '../../temporal/client/whereabouts.ts';
import { keepUpTo } from '../../thumbnail/kept.ts';
import type { ReadOnlyWorkspace } from '../../workspace/workspace.ts';
import { contentOf, recordingFile, workspaceOf } from './known-video.ts';
import { notFound, RequestError } from './problem.ts';
import type { StudioParts } from './studio-parts.ts';

const mostKept = 200;
const kept = keepUpTo<PreparedRecord>(mostKept, () => 1);
/** Milliseconds; a disk that is busy with copying may be slow. */
const patience = 15_000;

/** A video's workspace on this machine, if it has one. */
export const workspaceIfAny = (parts: StudioParts, video: VideoSummary): Promise<ReadOnlyWorkspace | undefined> =>
  workspaceOf(parts, video).catch((error) => {
    if (error instanceof RequestError && error.status === 404) return undefined;
    throw error;
  });

/**
 * What is known of a video's recording: as it was prepared, and before that, or where it could not be because its name
 * says no match, as the file itself tells. Nobody knows which match it is without seeing it.
 * @returns undefined where the recording is not here, or cannot be read
 */
export async function recordingRecord(
  parts: StudioParts,
  video: VideoSummary,
  workspace: ReadOnlyWorkspace | undefined,
): Promise<PreparedRecord | undefined> {
  return workspace?.read(preparedRecord) ?? readUnprepared(parts, video);
}

/**
 * Path of a recording that can be shown, prepared or not.
 * @throws RequestError 404; StageError FILE_CHANGED when another file has taken its place
 */
export async function shownFile(parts: StudioParts, video: VideoSummary): Promise<string> {
  const workspace = await workspaceIfAny(parts, video);
  if (workspace?.read(preparedRecord)) return recordingFile(parts, workspace);
  const record = await readUnprepared(parts, video);
  if (record) return record.videoPath;
  // Says why nothing of it is here.
  await workspaceOf(parts, video);
  throw notFound('The recording has not been prepared yet, and cannot be read.');
}

async function readUnprepared(parts: StudioParts, video: VideoSummary): Promise<PreparedRecord | undefined> {
  const { videoPath, recording } = video;
  const { store, host } = parts;
  const timeZone = parts.timeZone();
  if (videoPath === undefined || whereaboutsOf(video, host, store) === 'elsewhere') return undefined;
  try {
    const fingerprint = await store.recordings.fingerprint(videoPath);
    // Only the very content that the video was started for: a path may lead anywhere.
    if (videoIdOf(fingerprint) !== (await contentOf(parts, video))) return undefined;
    return await kept.get(`${videoPath} ${fingerprint} ${timeZone}`, async () => {
      const info = await probe(videoPath, { signal: AbortSignal.timeout(patience) });
      const recordedOn = await recordedDay(videoPath, info, timeZone);
      return { fingerprint, recording, videoPath, info, recordedOn, alternatives: [] };
    });
  } catch (error) {
    if (error instanceof StageError) return undefined;
    throw error;
  }
}
