import { setTimeout as sleep } from 'node:timers/promises';
import { describeEnding } from '../../domain/ending.ts';
import { cancelVideo } from '../../temporal/client/control.ts';
import { RefusedError } from '../../temporal/client/errors.ts';
import { describeVideo, type VideoDetails } from '../../temporal/client/progress.ts';
import { type Delay, whyDelayed } from '../../temporal/client/stuck.ts';
import { endWord, isActive } from '../../temporal/client/video-summary.ts';
import { findVideo } from '../../temporal/client/videos.ts';
import { print } from '../output.ts';
import { withTemporal } from '../session.ts';

const endsWithin = 8000;

function whatStays({ watchUrl, privateUrl }: VideoDetails): string {
  if (watchUrl) return ` What was published stays: ${watchUrl}`;
  if (!privateUrl) return '';
  return ` It is already on the channel, private: ${privateUrl} Nothing was deleted; delete it in YouTube Studio if it is not wanted.`;
}

export async function cancel(id: string, { json }: { json?: true }): Promise<void> {
  await withTemporal(async ({ client }) => {
    const video = await findVideo(client, id);
    const { videoId } = video;
    if (!isActive(video)) {
      throw new RefusedError(`${videoId} has already ended (${endWord(video)}), so there is nothing to cancel.`);
    }
    await cancelVideo(client, videoId);
    let details = await describeVideo(client, videoId);
    for (const deadline = Date.now() + endsWithin; details.stage !== 'CANCELLED' && Date.now() < deadline; ) {
      await sleep(200);
      details = await describeVideo(client, videoId);
      if (details.stage === 'COMPLETED') break;
    }
    const delay = isActive(details) ? await whyDelayed(client, videoId) : undefined;
    print(json, details, () => {
      if (details.stage === 'COMPLETED') return `${videoId} finished before it could be cancelled.`;
      const published = whatStays(details);
      if (details.ended) return `${videoId} has ended: ${describeEnding(details.ended)}${published}`;
      if (details.stage === 'CANCELLED') return `${videoId} is cancelled. The recording was not touched.${published}`;
      return `${videoId} ${delay ? describeDelay(delay, videoId) : 'is asked to stop.'}${published}`;
    });
  });
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
