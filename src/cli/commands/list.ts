import { describeEnding } from '../../domain/ending.ts';
import { showMoment } from '../../domain/local-time.ts';
import { listVideos, type VideoSummary } from '../../temporal/client/videos.ts';
import { ago, print, table } from '../output.ts';
import { withTemporal } from '../session.ts';

export async function list({ json }: { json?: true }): Promise<void> {
  await withTemporal(async ({ client }) => {
    const videos = await listVideos(client);
    print(json, { videos }, () => {
      if (videos.length === 0) return 'There are no videos yet. Start one with: npx badminton start FILE';
      return table(['VIDEO', 'STAGE', 'SINCE', 'MATCH', ''], videos.map(row));
    });
  });
}

function row(video: VideoSummary): string[] {
  const { videoId, stage, since, title, recording, attention, waiting, note, watchUrl, rehearsal, ended } = video;
  const published = watchUrl && `${watchUrl}${rehearsal ? ' (REHEARSAL)' : ''}`;
  const wait = waiting && `waits until ${showMoment(waiting.until)}: ${waiting.reason}`;
  return [
    videoId,
    stage,
    ago(since),
    title ?? recording,
    attention?.reason ?? wait ?? note ?? (ended && describeEnding(ended)) ?? published ?? '',
  ];
}
