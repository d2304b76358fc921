import { listVideos } from '../../temporal/client/videos.ts';
import { ago, print, table } from '../output.ts';
import { withTemporal } from '../session.ts';

export async function pending({ json }: { json?: true }): Promise<void> {
  await withTemporal(async ({ client }) => {
    const videos = await listVideos(client, { stage: 'WAITING_FOR_SELECTION', running: true });
    const unchosen = videos.filter(({ undoUntil }) => undoUntil === undefined);
    const oldestFirst = unchosen.toSorted((a, b) => a.since.localeCompare(b.since));
    print(json, { videos: oldestFirst }, () => {
      if (oldestFirst.length === 0) return 'No video is waiting for a person.';
      const rows = oldestFirst.map(({ videoId, recording, since }) => [videoId, recording, ago(since)]);
      return `${table(['VIDEO', 'RECORDING', 'WAITS'], rows)}\n\nChoose with: npx badminton select ${oldestFirst[0]?.videoId}`;
    });
  });
}
