import { renderUnicodeCompact } from 'uqr';
import type { RunningStudio } from '../studio/index.ts';
import { say } from './output.ts';

/** Shows the link for a phone, as a code to scan. */
export function showPairingLink(studio: RunningStudio): void {
  const link = studio.pairingLink();
  if (link === undefined) return;
  say(
    `${renderUnicodeCompact(link)}\nScan it with a phone on the same network, or open: ${link}\nGood once, for ten minutes.`,
  );
}
