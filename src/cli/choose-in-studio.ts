import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { findStudio } from '../app/studio/studio-record.ts';
import { describeVideo } from '../temporal/client/progress.ts';
import { openInBrowser } from './open-in-browser.ts';
import { say } from './output.ts';
import { readSettings } from './session.ts';
import { untilStopped } from './until-stopped.ts';
import { withStudio } from './with-studio.ts';

const lookEvery = 2000;

/**
 * Opens the studio at a video. If no studio answers, serves one until the choice is made and can no longer be undone,
 * or until Ctrl-C.
 */
export async function chooseInStudio(videoId: string, { open }: { readonly open: boolean }): Promise<void> {
  const { config } = readSettings();
  const show = async (studio: string) => {
    const address = new URL(`/videos/${encodeURIComponent(videoId)}`, studio).href;
    process.stdout.write(`${address}\n`);
    if (open) await openInBrowser(address);
  };
  const running = await findStudio(config.DATA_DIR);
  if (running) return show(running);
  await withStudio({ onNetwork: config.STUDIO_ON_NETWORK }, async ({ url }, client) => {
    await show(url);
    say('No studio was running, so one was started. It ends once you have chosen, or with Ctrl-C.');
    const ending = new AbortController();
    await untilStopped(untilChosen(client, videoId, ending.signal), () => ending.abort());
  });
}

async function untilChosen(client: Client, videoId: string, ending: AbortSignal): Promise<void> {
  const beforeChoice = ['PREPARING', 'RANKING', 'WAITING_FOR_SELECTION', 'NEEDS_ATTENTION'];
  // Ends with the studio: otherwise this loop would keep the program running.
  while (!ending.aborted) {
    // A server that is away for a while is no reason to close the page.
    const video = await describeVideo(client, videoId).catch(() => undefined);
    if (video && !beforeChoice.includes(video.stage)) return;
    await sleep(lookEvery, undefined, { signal: ending }).catch(() => undefined);
  }
}
