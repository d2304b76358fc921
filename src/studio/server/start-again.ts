import { StageError } from '../../domain/errors.ts';
import { videoIdOf } from '../../domain/video-id.ts';
import type { StartOutcome } from '../../temporal/client/start.ts';
import { isActive, type VideoSummary } from '../../temporal/client/video-summary.ts';
import { whereaboutsOf } from '../../temporal/client/whereabouts.ts';
import { contentOf } from './known-video.ts';
import { RequestError } from './problem.ts';
import type { StudioParts } from './studio-parts.ts';

/**
 * Starts a video again that was cancelled or ended, from its recording where that lies.
 * @throws RequestError 409 (it is running or published, or its recording is elsewhere); StageError FILE_MISSING,
 *   FILE_CHANGED (another recording has taken its place), DAMAGED_VIDEO
 */
export async function startAgain(parts: StudioParts, video: VideoSummary): Promise<StartOutcome> {
  const { store, host, startVideo } = parts;
  const { videoPath, recording } = video;
  if (isActive(video) || video.stage !== 'CANCELLED')
    throw new RequestError(409, `${recording} was not cancelled: it is running, or has been published.`);
  if (videoPath === undefined || whereaboutsOf(video, host, store) === 'elsewhere')
    throw new RequestError(409, `${recording} is on another machine: start it again there.`);
  const content = await contentOf(parts, video);
  if (content !== undefined && videoIdOf(await store.recordings.fingerprint(videoPath)) !== content) {
    throw new StageError('FILE_CHANGED', `${recording} is no longer the recording that was started.`, {
      remedy: 'fix',
      action: 'Put the first recording back; start the other one under its own name.',
    });
  }
  return startVideo(videoPath);
}
