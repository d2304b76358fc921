import { stat } from 'node:fs/promises';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { describeVideo } from '../temporal/client/progress.ts';
import type { StartOutcome, StartVideo } from '../temporal/client/start.ts';
import type { VideoWatch } from '../temporal/client/watch/index.ts';
import type { PickUps } from '../workspace/pick-ups.ts';

export interface PickUpParts {
  readonly client: Client;
  readonly pickUps: PickUps;
  readonly startVideo: StartVideo;
  /** Video id of a file whose content was rehearsed, and would now be published for real; by default, none was. */
  readonly rehearsedAs?: (file: string) => Promise<string | undefined>;
}

/**
 * - `rehearsed`: nothing of that content is published for real unless a person says so
 * - `left`: the video was cancelled, and its file has not been moved since
 * - `known`: it was picked up before, and has not been cancelled
 */
export type PickUpOutcome =
  | StartOutcome
  | { readonly kind: 'left'; readonly videoId: string }
  | { readonly kind: 'rehearsed'; readonly videoId: string }
  | { readonly kind: 'known'; readonly videoId: string };

/**
 * Starts the video of a file in the watched folder, unless it was cancelled and its file left there, or only rehearsed.
 * @param isBack it was picked up before, and may have been away meanwhile
 */
export async function pickUp(
  { client, pickUps, startVideo, rehearsedAs }: PickUpParts,
  file: string,
  isBack = false,
): Promise<PickUpOutcome> {
  const state = await placeOf(file);
  const last = pickUps.find(file);
  const rehearsed = await rehearsedAs?.(file);
  if (rehearsed !== undefined) return { kind: 'rehearsed', videoId: rehearsed };
  if (last && (isBack || last.state === state)) {
    const { videoId } = last;
    const wasCancelled = await isCancelled(client, last);
    if (wasCancelled && last.state === state) {
      pickUps.note(videoId, true);
      return { kind: 'left', videoId };
    }
    if (isBack && !wasCancelled) {
      pickUps.pickedUp(file, state, videoId);
      return { kind: 'known', videoId };
    }
  }
  const outcome = await startVideo(file);
  pickUps.pickedUp(file, state, outcome.videoId);
  return outcome;
}

/** Records cancellations, for when Temporal has forgotten them. */
export const rememberCancellations = (videos: VideoWatch, pickUps: PickUps) =>
  videos.subscribe({
    scope: 'running',
    changed: ({ changed }) => {
      for (const { videoId, stage } of changed) pickUps.note(videoId, stage === 'CANCELLED');
    },
    trouble: () => undefined,
  });

/** Asks Temporal first: it may have been started again by hand. */
async function isCancelled(client: Client, { videoId, isCancelled }: { videoId: string; isCancelled: boolean }) {
  try {
    return (await describeVideo(client, videoId)).stage === 'CANCELLED';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return isCancelled;
    throw error;
  }
}

/**
 * Changes when a file is moved away and put back, or copied again. Leaves out the device number, which may change with
 * each mount.
 */
async function placeOf(file: string): Promise<string> {
  const { ino, size, mtimeMs, ctimeMs } = await stat(file);
  return [ino, size, mtimeMs, ctimeMs].join('/');
}
