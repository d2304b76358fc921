import path from 'node:path';
import { WorkflowNotFoundError } from '@temporalio/client';
import { StageError } from '../../domain/errors.ts';
import type { NamedHost } from '../../domain/find-host.ts';
import { videoIdOf, videoIdPattern } from '../../domain/video-id.ts';
import { findRecording } from '../../stages/find-recording.ts';
import { candidatesFolder, preparedRecord, rankingRecord } from '../../stages/records.ts';
import { RefusedError } from '../../temporal/client/errors.ts';
import { describeVideo, type VideoDetails } from '../../temporal/client/progress.ts';
import { findVideo, type VideoSummary } from '../../temporal/client/videos.ts';
import { whereaboutsOf } from '../../temporal/client/whereabouts.ts';
import { openReadOnly, type ReadOnlyWorkspace } from '../../workspace/workspace.ts';
import { notHere, notIntroduced } from './machines/not-reached.ts';
import { notFound } from './problem.ts';
import type { StudioParts } from './studio-parts.ts';

type Parts = Pick<StudioParts, 'client' | 'store' | 'host' | 'machines'>;

/**
 * What an id in a request may look like: a workflow id, ours or another client's. Never used as part of a path by
 * itself.
 */
const nameOfVideo = /^[\w.:@+ -]{1,200}$/;

/**
 * The video of a request, by its full id: a script with half an id cannot cancel the wrong video.
 * @throws RequestError 404
 */
export async function videoOf({ client }: Pick<Parts, 'client'>, id: string): Promise<VideoSummary> {
  if (!nameOfVideo.test(id)) throw noSuchVideo();
  const video = await findVideo(client, id).catch((error) => {
    throw error instanceof RefusedError ? noSuchVideo() : error;
  });
  if (video.videoId !== id) throw noSuchVideo();
  return video;
}

/** The same video with its running step, from one request to Temporal. @throws RequestError 404 */
export async function describedVideo(parts: Parts, id: string): Promise<VideoDetails> {
  // An id from another client is looked up among the videos first: it may belong to any other workflow.
  const { videoId } = videoIdPattern.test(id) ? { videoId: id } : await videoOf(parts, id);
  return describeVideo(parts.client, videoId).catch((error) => {
    throw error instanceof WorkflowNotFoundError ? noSuchVideo() : error;
  });
}

const noSuchVideo = () => notFound('There is no such video.');

/**
 * The workspace of a video on this machine. Its folder is named after the content that was prepared, because the file
 * now at the recording's path may be a different one, if the video belongs to another machine or the file was replaced.
 * @throws RequestError 404 if it is not on this machine
 */
export async function workspaceOf(parts: Parts, video: VideoSummary): Promise<ReadOnlyWorkspace> {
  if (whereaboutsOf(video, parts.host, parts.store) === 'elsewhere')
    throw parts.machines ? notHere(video.hostName) : notIntroduced(video.hostName);
  const contentId = await contentOf(parts, video);
  const workspace = contentId === undefined ? undefined : openReadOnly(parts.store.workspaceRoot, contentId);
  if (workspace) return workspace;
  throw notFound('This machine has nothing for that video yet: it was not prepared, or it is on another machine.');
}

/** The machine that has the files of a video, if that is another one, and known by its id. */
export function hostElsewhere({ host, store }: Parts, video: VideoSummary): NamedHost | undefined {
  const { hostId: id, hostName } = video;
  if (id === undefined || whereaboutsOf(video, host, store) !== 'elsewhere') return undefined;
  return { id, name: hostName ?? id };
}

/** Video id of the content that a video was started for, where that is known. */
export async function contentOf({ store }: Parts, { videoId, contentId, videoPath }: VideoSummary) {
  if (contentId !== undefined) return contentId;
  if (videoIdPattern.test(videoId)) return videoId;
  if (videoPath === undefined) return undefined;
  // A run from before the memo held the content id: trust the file at its path if this video has claimed it.
  const fingerprint = await store.recordings.fingerprint(videoPath).catch((error) => {
    if (error instanceof StageError) return undefined;
    throw error;
  });
  const found = fingerprint && videoIdOf(fingerprint);
  return found && store.claims.owner(found) === videoId ? found : undefined;
}

/** The picture of a ranked frame: only names in the ranking record lead to a file. @throws RequestError 404 */
export function candidateFile(workspace: ReadOnlyWorkspace, frame: string): string {
  const candidate = workspace.read(rankingRecord)?.candidates.find((each) => each.frame === frame);
  if (!candidate || path.basename(candidate.frame) !== candidate.frame) throw notFound('There is no such candidate.');
  return workspace.path(candidatesFolder, candidate.frame);
}

/**
 * Path of the recording, also where it was put away, if it is still the one that was prepared.
 * @throws RequestError 404 while it is not prepared; StageError FILE_CHANGED if another file has taken its place
 */
export async function recordingFile({ store }: Parts, workspace: ReadOnlyWorkspace): Promise<string> {
  const prepared = workspace.read(preparedRecord);
  if (!prepared) throw notFound('The recording has not been prepared yet.');
  const { videoPath, fingerprint } = prepared;
  const found = await findRecording(workspace, prepared, store);
  if (found !== undefined) return found;
  // Of a missing one this says so.
  if ((await store.recordings.fingerprint(videoPath)) === fingerprint) return videoPath;
  throw new StageError('FILE_CHANGED', `${videoPath} is no longer the recording that was prepared.`, {
    remedy: 'fix',
    action: 'Put the first recording back; start the other one under its own name.',
  });
}
