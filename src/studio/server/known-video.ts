import path from 'node:path';
import { WorkflowNotFoundError } from '@temporalio/client';
import { StageError } from '../../domain/errors.ts';
import { videoIdOf, videoIdPattern } from '../../domain/video-id.ts';
import { candidatesFolder, preparedRecord, rankingRecord } from '../../stages/records.ts';
import { RefusedError } from '../../temporal/client/errors.ts';
import { describeVideo, type VideoDetails } from '../../temporal/client/progress.ts';
import { findVideo, type VideoSummary } from '../../temporal/client/videos.ts';
import { openReadOnly, type ReadOnlyWorkspace } from '../../workspace/workspace.ts';
import { notFound } from './problem.ts';
import type { StudioParts } from './studio-parts.ts';

type Parts = Pick<StudioParts, 'client' | 'store'>;

/** What a name in a request may be: a workflow id, ours or a foreign client's. Never part of a path by itself. */
const nameOfVideo = /^[\w.:@+ -]{1,200}$/;

/** The video of a request, by its whole id: a script with half an id cancels nobody's video. @throws RequestError 404 */
export async function videoOf({ client }: Parts, id: string): Promise<VideoSummary> {
  if (!nameOfVideo.test(id)) throw noSuchVideo();
  const video = await findVideo(client, id).catch((error) => {
    throw error instanceof RefusedError ? noSuchVideo() : error;
  });
  if (video.videoId !== id) throw noSuchVideo();
  return video;
}

/** The same with what is running of it, described once. @throws RequestError 404 */
export async function describedVideo(parts: Parts, id: string): Promise<VideoDetails> {
  // A foreign client's id is looked up among the videos first: it may be that of any other workflow.
  const { videoId } = videoIdPattern.test(id) ? { videoId: id } : await videoOf(parts, id);
  return describeVideo(parts.client, videoId).catch((error) => {
    throw error instanceof WorkflowNotFoundError ? noSuchVideo() : error;
  });
}

const noSuchVideo = () => notFound('There is no such video.');

/**
 * The workspace of a video on this machine. Its folder is named after the content, also where a foreign client chose
 * another workflow id: then the recording says which it is.
 * @throws RequestError 404 when it is not here
 */
export async function workspaceOf(parts: Parts, id: string): Promise<ReadOnlyWorkspace> {
  const videoId = videoIdPattern.test(id) ? id : await contentOf(parts, id);
  const workspace = openReadOnly(parts.store.workspaceRoot, videoId);
  if (workspace) return workspace;
  throw nothingHere();
}

const nothingHere = () =>
  notFound('This machine has nothing for that video yet: it was not prepared, or it is on another machine.');

async function contentOf(parts: Parts, id: string): Promise<string> {
  const { videoPath } = await videoOf(parts, id);
  if (videoPath === undefined) throw noSuchVideo();
  const fingerprint = await parts.store.recordings.fingerprint(videoPath).catch((error) => {
    // It lies on another machine, or was put away.
    throw error instanceof StageError ? nothingHere() : error;
  });
  return videoIdOf(fingerprint);
}

/** The picture of a ranked frame: only names that the ranking record holds lead to a file. @throws RequestError 404 */
export function candidateFile(workspace: ReadOnlyWorkspace, frame: string): string {
  const candidate = workspace.read(rankingRecord)?.candidates.find((each) => each.frame === frame);
  if (!candidate || path.basename(candidate.frame) !== candidate.frame) throw notFound('There is no such candidate.');
  return workspace.path(candidatesFolder, candidate.frame);
}

/** Path of the recording. @throws RequestError 404 while it is not prepared */
export function recordingFile(workspace: ReadOnlyWorkspace): string {
  const prepared = workspace.read(preparedRecord);
  if (!prepared) throw notFound('The recording has not been prepared yet.');
  return prepared.videoPath;
}
