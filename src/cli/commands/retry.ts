import { retryStage } from '../../temporal/client/control.ts';
import { RefusedError } from '../../temporal/client/errors.ts';
import type { VideoSummary } from '../../temporal/client/videos.ts';
import { chosenVideos, type Which } from '../chosen-videos.ts';
import { inTurn } from '../in-turn.ts';
import { print } from '../output.ts';
import { withTemporal } from '../session.ts';

interface Options extends Which {
  readonly sendAgain?: true;
  readonly machine?: string;
  readonly json?: true;
}

/** For a parked video, the stage in which it is parked. */
const stageOf = ({ attention, stage }: VideoSummary) => attention?.stage ?? stage;

export async function retry(ids: readonly string[], { sendAgain, machine, json, ...which }: Options): Promise<void> {
  const order = { sendAgain: sendAgain === true, ...(machine !== undefined && { host: machine }) };
  await withTemporal(async ({ client }) => {
    const isMeant = ({ stage, waiting }: VideoSummary) => stage === 'NEEDS_ATTENTION' || waiting !== undefined;
    const videos = await chosenVideos(client, ids, which, { verb: 'retry', isMeant, stageOf });
    const [only] = videos;
    const describe = (video: VideoSummary) => `${video.videoId} tries ${stageOf(video)} again.`;
    if (only && ids.length === 1) {
      const status = await retryStage(client, only.videoId, order);
      return print(json, status, () => describe(only));
    }
    const act = async (video: VideoSummary) => {
      const { videoId } = video;
      try {
        const status = await retryStage(client, videoId, order);
        return { ...status, text: describe(video) };
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        return { videoId, problem: error.message, text: `${videoId} was not tried again: ${error.message}` };
      }
    };
    const outcomes = await inTurn(videos, { json, act });
    if (outcomes.some((outcome) => 'problem' in outcome)) process.exitCode = 1;
  });
}
