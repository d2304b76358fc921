import type { Client } from '@temporalio/client';
import { queryStatus, selectThumbnail } from '../temporal/client/control.ts';
import type { VideoDetails } from '../temporal/client/progress.ts';
import { candidateTable } from './choice.ts';
import { say } from './output.ts';

/**
 * Shows the candidates and, on a terminal, lets a person choose by pressing a digit until the selection times out; if
 * nobody does, the workflow itself takes the best.
 */
export async function offerChoice(client: Client, { videoId }: VideoDetails, seconds: number): Promise<void> {
  const { candidates = [] } = await queryStatus(client, videoId);
  const interactive = process.stdin.isTTY;
  say(
    `${candidateTable(candidates)}\n${interactive ? `Press 1-${candidates.length} to choose; t` : 'T'}he best is chosen in ${seconds} s.`,
  );
  if (!interactive) return;
  process.stdin.setRawMode(true).resume();
  const timer = setTimeout(end, seconds * 1000);
  process.stdin.on('data', onKey);

  async function onKey(key: Buffer) {
    if (key[0] === 3) process.kill(process.pid, 'SIGINT');
    const candidate = candidates.find(({ rank }) => String(rank) === key.toString());
    if (!candidate) return;
    end();
    await selectThumbnail(client, videoId, { frame: candidate.frame }).catch((error) => say(error.message));
  }

  function end() {
    clearTimeout(timer);
    process.stdin.off('data', onKey).setRawMode(false).pause();
  }
}
