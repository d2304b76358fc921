import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { describeEnding } from '../../domain/ending.ts';
import { cancelVideo } from '../../temporal/client/control.ts';
import { RefusedError } from '../../temporal/client/errors.ts';
import { describeVideo, type VideoDetails } from '../../temporal/client/progress.ts';
import { type Delay, whyDelayed } from '../../temporal/client/stuck.ts';
import { endWord, isActive } from '../../temporal/client/video-summary.ts';
import type { VideoSummary } from '../../temporal/client/videos.ts';
import { chosenVideos, type Which } from '../chosen-videos.ts';
import { inTurn } from '../in-turn.ts';
import { print } from '../output.ts';
import { withTemporal } from '../session.ts';

interface Options extends Which {
  readonly json?: true;
}

/** Milliseconds. */
const endsWithin = 8000;

export async function cancel(ids: readonly string[], { json, ...which }: Options): Promise<void> {
  await withTemporal(async ({ client }) => {
    const stageOf = ({ stage }: VideoSummary) => stage;
    const videos = await chosenVideos(client, ids, which, { verb: 'cancel', isMeant: isActive, stageOf });
    const cancelOne = canceller(client);
    const [only] = videos;
    if (only && ids.length === 1) {
      const { text, ...details } = await cancelOne(only);
      return print(json, details, () => text);
    }
    const act = async (video: VideoSummary) => {
      const { videoId } = video;
      try {
        return await cancelOne(video);
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        return { videoId, problem: error.message, text: error.message };
      }
    };
    const outcomes = await inTurn(videos, { json, act });
    if (outcomes.some((outcome) => 'problem' in outcome)) process.exitCode = 1;
  });
}

/**
 * Cancels a video and waits for it to end. Once one could not end for lack of a worker, stops waiting for the others.
 */
function canceller(client: Client) {
  let delay: Delay | undefined;
  return async (video: VideoSummary): Promise<VideoDetails & { readonly text: string }> => {
    const { videoId } = video;
    if (!isActive(video)) {
      throw new RefusedError(`${videoId} has already ended (${endWord(video)}), so there is nothing to cancel.`);
    }
    await cancelVideo(client, videoId);
    let details = await describeVideo(client, videoId);
    const patience = delay?.kind === 'without-worker' ? 0 : endsWithin;
    for (const deadline = Date.now() + patience; isActive(details) && Date.now() < deadline; ) {
      await sleep(200);
      details = await describeVideo(client, videoId);
    }
    if (isActive(details) && patience > 0) delay = await whyDelayed(client, videoId);
    return { ...details, text: outcomeOf(details, delay) };
  };
}

function outcomeOf(details: VideoDetails, delay: Delay | undefined): string {
  const { videoId, stage, ended } = details;
  const published = whatStays(details);
  if (stage === 'COMPLETED') return `${videoId} finished before it could be cancelled.`;
  if (ended) return `${videoId} has ended: ${describeEnding(ended)}${published}`;
  if (stage === 'CANCELLED') return `${videoId} is cancelled. The recording was not touched.${published}`;
  return `${videoId} ${delay ? describeDelay(delay, videoId) : 'is asked to stop.'}${published}`;
}

function whatStays({ watchUrl, privateUrl }: VideoDetails): string {
  if (watchUrl) return ` What was published stays: ${watchUrl}`;
  if (!privateUrl) return '';
  return ` It is already on the channel, private: ${privateUrl} Nothing was deleted; delete it in YouTube Studio if it is not wanted.`;
}

function describeDelay(delay: Delay, videoId: string): string {
  switch (delay.kind) {
    case 'failing':
      return `is asked to stop, but its workflow cannot run: ${delay.reason} It stops once it can. To end it at once: temporal workflow terminate --workflow-id ${videoId}`;
    case 'without-worker':
      return 'will be cancelled as soon as a worker runs (npm start).';
    case 'working':
      return `is asked to stop, and a worker runs it; what it is doing has not ended yet. See: npx badminton status ${videoId}`;
  }
}
