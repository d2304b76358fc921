import { retryStage } from '../../temporal/client/control.ts';
import { findVideo } from '../../temporal/client/videos.ts';
import { print } from '../output.ts';
import { withTemporal } from '../session.ts';

export async function retry(id: string, { json }: { json?: true }): Promise<void> {
  await withTemporal(async ({ client }) => {
    const { videoId, attention } = await findVideo(client, id);
    const status = await retryStage(client, videoId);
    print(json, status, () => `${videoId} tries ${attention?.stage ?? 'its stage'} again.`);
  });
}
