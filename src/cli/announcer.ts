import type { Client } from '@temporalio/client';
import type { Stage } from '../domain/stages.ts';
import { describeVideo } from '../temporal/client/progress.ts';
import { listVideos, type VideoSummary } from '../temporal/client/videos.ts';

const everyMilliseconds = 2000;
const worthTelling: readonly Stage[] = ['WAITING_FOR_SELECTION', 'NEEDS_ATTENTION', 'COMPLETED', 'CANCELLED'];

/** Says on the terminal when a video begins to wait for a person, needs attention, or has ended. */
export function announceVideos(client: Client, say: (message: string) => void): { stop(): Promise<void> } {
  let known = new Map<string, Stage>();
  let failing = false;
  let stopped = false;
  let round: Promise<void> = Promise.resolve();

  const look = async () => {
    const running = await listVideos(client, { running: true });
    const ended = [...known.keys()].filter((id) => !running.some(({ videoId }) => videoId === id));
    for (const video of running) if (known.get(video.videoId) !== video.stage) tell(video);
    for (const id of ended) tell(await describeVideo(client, id));
    known = new Map(running.map(({ videoId, stage }) => [videoId, stage]));
  };
  const tell = (video: VideoSummary) => {
    if (!stopped && worthTelling.includes(video.stage)) say(announcement(video));
  };
  const timer = setInterval(() => {
    round = round.then(look).then(
      () => {
        failing = false;
      },
      (error: Error) => {
        if (!failing && !stopped) say(`Temporal is not answering at the moment: ${error.message}`);
        failing = true;
      },
    );
  }, everyMilliseconds);

  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await round;
    },
  };
}

function announcement({ videoId, recording, title, stage, watchUrl, rehearsal, attention }: VideoSummary): string {
  const name = title ?? recording;
  switch (stage) {
    case 'WAITING_FOR_SELECTION':
      return `? ${name} waits for you: npx badminton select ${videoId}`;
    case 'NEEDS_ATTENTION':
      return `! ${name} needs attention: ${attention?.reason} ${attention?.action} Then: npx badminton retry ${videoId}`;
    case 'COMPLETED':
      return `✓ ${name} is published${rehearsal ? ' (REHEARSAL)' : ''}: ${watchUrl}`;
    default:
      return `- ${name} was cancelled.`;
  }
}
