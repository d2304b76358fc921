import { lstat, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { videoIdOf } from '../../domain/video-id.ts';
import { recordingsIn } from '../../intake/recordings.ts';
import { freeName, isSameFile, removeName } from '../../stages/cleanup/names.ts';
import { listVideos } from '../../temporal/client/videos.ts';
import { notFound, RequestError } from './problem.ts';
import type { StudioParts } from './studio-parts.ts';
import { checkName, giveName, requireFreeName } from './uploads/place.ts';

/** In the input folder: what lies in folders there is not picked up. */
const asideFolder = 'removed';

/**
 * Gives a recording of the input folder another name, as a person's explicit wish.
 * @throws RequestError 404, 409 (an open video owns it, or the name is taken), 400 (no name for a recording)
 */
export async function renameRecording(parts: StudioParts, name: string, to: string): Promise<void> {
  const file = await freeRecording(parts, name);
  checkName(to);
  requireFreeName(parts.inputFolder, to);
  await move(file, path.join(parts.inputFolder, to));
}

/**
 * Puts a recording of the input folder aside; nothing is ever deleted. Returns where it lies now.
 * @throws RequestError 404, 409 (an open video owns it)
 */
export async function putAside(parts: StudioParts, name: string): Promise<string> {
  const file = await freeRecording(parts, name);
  const folder = path.join(parts.inputFolder, asideFolder);
  await mkdir(folder, { recursive: true });
  const target = await freeName(path.join(folder, name));
  await move(file, target);
  return target;
}

/** Only names that are listed in the input folder lead to a file, and only files that no video is at work on. */
async function freeRecording({ inputFolder, client, store }: StudioParts, name: string): Promise<string> {
  const file = (await recordingsIn(inputFolder)).find((each) => path.basename(each) === name);
  if (!file) throw notFound('There is no such recording in the input folder.');
  if (!(await lstat(file)).isFile()) throw new RequestError(409, `${name} is a link: move it where it was made.`);
  // An unfinished one has no content yet, and so no video but one that was started by its path.
  const fingerprint = await store.recordings.fingerprint(file).catch(() => undefined);
  const owner = (await listVideos(client, { running: true })).find(
    ({ videoId, contentId, videoPath }) =>
      (videoPath !== undefined && path.resolve(videoPath) === path.resolve(file)) ||
      (fingerprint !== undefined && [videoId, contentId].includes(videoIdOf(fingerprint))),
  );
  if (owner) throw new RequestError(409, `${name} belongs to a video that is open: correct or cancel that instead.`);
  return file;
}

/** @throws RequestError 409 when the name was taken meanwhile */
async function move(from: string, to: string): Promise<void> {
  const wasLinked = await giveName(from, to).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new RequestError(409, `${path.basename(to)} is there already.`) : error;
  });
  if (wasLinked) await removeName(from, (file) => isSameFile(file, to));
}
