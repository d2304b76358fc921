import { renderUnicodeCompact } from 'uqr';
import { say } from './output.ts';

/** Shows the link for a phone, as a code to scan; nothing for a studio that is not on the network. */
export function showPairingLink(link: string | undefined): void {
  if (link === undefined) return;
  say(
    `${renderUnicodeCompact(link, { border: 2 })}\nScan it with a phone on the same network, or open: ${link}\nGood once, for ten minutes.`,
  );
}
