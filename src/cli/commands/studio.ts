import { findStudio } from '../../app/studio/studio-record.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { say } from '../output.ts';
import { showNewPairingLink, showPairingLink } from '../pairing.ts';
import { readSettings } from '../session.ts';
import { untilStopped } from '../until-stopped.ts';
import { withStudio } from '../with-studio.ts';

interface Options {
  readonly host?: true;
  readonly open: boolean;
}

/** The studio alone, connected to a Temporal server that is already running. */
export async function studio({ host, open }: Options): Promise<void> {
  const { config } = readSettings();
  const running = await findStudio(config.DATA_DIR);
  if (running) {
    say(`The studio is already running: ${running}`);
    if (host) return showNewPairingLink(running);
    if (open) await openInBrowser(running);
    return;
  }
  await withStudio({ onNetwork: host === true || config.STUDIO_ON_NETWORK }, async (served) => {
    say(`Studio  ${served.url}   (press Ctrl-C to stop)`);
    showPairingLink(served);
    if (open) await openInBrowser(served.url);
    await untilStopped(new Promise(() => {}), () => say('\nStopping: the videos continue without the studio …'));
  });
}
