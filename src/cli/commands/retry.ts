import { retryStage } from '../../temporal/client/control.ts';
import { findVideo } from '../../temporal/client/videos.ts';
import { print } from '../output.ts';
import { withTemporal } from '../session.ts';

interface Options {
  readonly sendAgain?: true;
  readonly json?: true;
}

export async function retry(id: string, { sendAgain, json }: Options): Promise<void> {
  await withTemporal(async ({ client }) => {
    const { videoId, attention, stage } = await findVideo(client, id);
    const status = await retryStage(client, videoId, { sendAgain: sendAgain === true });
    print(json, status, () => `${videoId} tries ${attention?.stage ?? stage} again.`);
  });
}
