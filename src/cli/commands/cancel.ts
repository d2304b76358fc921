import { setTimeout as sleep } from 'node:timers/promises';
import { cancelVideo } from '../../temporal/client/control.ts';
import { RefusedError } from '../../temporal/client/errors.ts';
import { describeVideo, type VideoDetails } from '../../temporal/client/progress.ts';
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
    const { videoId, stage } = await findVideo(client, id);
    if (stage === 'COMPLETED' || stage === 'CANCELLED') {
      throw new RefusedError(`${videoId} has already ended (${stage.toLowerCase()}), so there is nothing to cancel.`);
    }
    await cancelVideo(client, videoId);
    let details = await describeVideo(client, videoId);
    for (const deadline = Date.now() + endsWithin; details.stage !== 'CANCELLED' && Date.now() < deadline; ) {
      await sleep(200);
      details = await describeVideo(client, videoId);
      if (details.stage === 'COMPLETED') break;
    }
    print(json, details, () => {
      if (details.stage === 'COMPLETED') return `${videoId} finished before it could be cancelled.`;
      const published = whatStays(details);
      if (details.stage === 'CANCELLED') return `${videoId} is cancelled. The recording was not touched.${published}`;
      return `${videoId} will be cancelled as soon as a worker runs (npm start).${published}`;
    });
  });
}
