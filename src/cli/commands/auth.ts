import { createInterface } from 'node:readline';
import type { Config } from '../../app/config.ts';
import { completeSignIn } from '../../app/publish-target/complete-sign-in.ts';
import { type SignInPlace, signInPlace } from '../../app/publish-target/sign-in.ts';
import { signIn } from '../../youtube/auth.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { print, say } from '../output.ts';
import { readSettings } from '../session.ts';

interface Options {
  readonly open: boolean;
  readonly rehearse?: true;
  readonly json?: true;
}

/** How long a person may take on the consent page. */
const patienceMs = 15 * 60_000;

/** Signs in: a person grants access in a browser, and the resulting sign-in is saved. */
export async function auth({ open, rehearse, json }: Options): Promise<void> {
  const { config } = readSettings();
  const place = signInPlace(config, rehearse ?? false);
  const granted = await askInBrowser(place, open);
  const { channel, before } = await completeSignIn(place, granted);
  if (before) say(`Videos used to go to the channel "${before.title}"; from now on they go to this one.`);
  print(json, { rehearsal: rehearse ?? false, channel, scopes: granted.scopes, file: place.file }, () =>
    signedIn(channel.title, rehearse ?? false, config.PUBLISH_TARGET),
  );
}

function signedIn(title: string, rehearse: boolean, target: Config['PUBLISH_TARGET']): string {
  const what = `Signed in${rehearse ? ' (REHEARSAL)' : ''}: channel "${title}".`;
  return !rehearse && target === 'local'
    ? `${what} Videos still go to the local YouTube: set BADMINTON_PUBLISH_TARGET=youtube to publish for real.`
    : `${what} Uploads that were waiting for it resume automatically.`;
}

async function askInBrowser(place: SignInPlace, open: boolean) {
  const client = await place.client();
  const stopped = new AbortController();
  const stop = () => stopped.abort(new DOMException('Stopped', 'AbortError'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const lines = createInterface({ input: process.stdin, terminal: false });
  try {
    return await signIn({
      client,
      signal: stopped.signal,
      timeoutMs: patienceMs,
      pasted: lines,
      onAddress: (address, redirectUri) => {
        say(instructions(address, redirectUri));
        if (open) openInBrowser(address);
      },
      onUseless: say,
    });
  } finally {
    lines.close();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function instructions(address: string, redirectUri: string): string {
  return `Open this address in a browser, choose the account and the channel, and approve it:

${address}

In a browser on this machine, that is all. On another machine, the browser ends up at a page that it cannot show, at an
address that begins with ${redirectUri}/ : copy that whole address and paste it here.
Waiting … (Ctrl-C ends it)`;
}
