import { hc } from 'hono/client';
import { renderUnicodeCompact } from 'uqr';
import type { RunningStudio } from '../studio/index.ts';
import type { StudioApi } from '../studio/server/app.ts';
import type { Problem } from '../studio/server/problem.ts';
import { RefusedError } from '../temporal/client/errors.ts';
import { say } from './output.ts';

/** Shows the link for a phone as a code to scan. */
export function showPairingLink(studio: Pick<RunningStudio, 'pairingLink'>): void {
  const link = studio.pairingLink();
  if (link === undefined) return;
  say(
    `${renderUnicodeCompact(link, { border: 2 })}\nScan it with a phone on the same network, or open: ${link}\nIt works once, for ten minutes. For another: npx badminton studio --host`,
  );
}

/**
 * Asks the studio running on this machine for a new link, and shows it.
 * @throws RefusedError if that studio is not on the network, or no device can use it
 */
export async function showNewPairingLink(studioUrl: string): Promise<void> {
  const answer = await hc<StudioApi>(studioUrl).api['pairing-link'].$post({ json: {} });
  if (!answer.ok) {
    const { problem, action } = (await answer.json()) as unknown as Problem;
    throw new RefusedError([problem, action].filter(Boolean).join('\n'));
  }
  const { link } = await answer.json();
  showPairingLink({ pairingLink: () => link });
}
