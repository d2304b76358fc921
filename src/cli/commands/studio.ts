import { findStudio } from '../../studio-record.ts';
import { RefusedError } from '../../temporal/client/errors.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { say } from '../output.ts';
import { showPairingLink } from '../pairing.ts';
import { readSettings } from '../session.ts';
import { untilStopped } from '../until-stopped.ts';
import { withStudio } from '../with-studio.ts';

interface Options {
  readonly host?: true;
  readonly open: boolean;
}

/** The studio alone, against a Temporal server that runs already. */
export async function studio({ host, open }: Options): Promise<void> {
  const { config } = readSettings();
  const running = await findStudio(config.DATA_DIR);
  if (running) {
    say(`The studio runs already: ${running}`);
    if (host) showPairingLink(await askForPairingLink(running));
    else if (open) await openInBrowser(running);
    return;
  }
  await withStudio({ onNetwork: host === true || config.STUDIO_ON_NETWORK }, async (served) => {
    say(`Studio  ${served.url}   (Ctrl-C ends it)`);
    showPairingLink(served.pairingLink());
    if (open) await openInBrowser(served.url);
    await untilStopped(new Promise(() => {}), () => say('\nEnding: the videos go on without the studio …'));
  });
}

/** @throws RefusedError when the studio that runs is for its machine only */
async function askForPairingLink(studio: string): Promise<string> {
  const answer = await fetch(new URL('/api/pairing', studio), { method: 'POST' });
  const { link, problem } = (await answer.json()) as { link?: string; problem?: string };
  if (link === undefined) throw new RefusedError(problem ?? 'The studio did not give a link.');
  return link;
}
