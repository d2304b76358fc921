import { createInterface } from 'node:readline';
import type { Config } from '../../app/config.ts';
import { type SignInPlace, signInPlace } from '../../app/publish-target/sign-in.ts';
import { StageError } from '../../domain/errors.ts';
import { readTokenFile, saveSignIn, signIn, signInState, type TokenFile } from '../../youtube/auth.ts';
import { createYouTube } from '../../youtube/channel.ts';
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
  const before = signInState(place.file).state === 'ready' ? readTokenFile(place.file) : undefined;
  const channel = await channelOf(place, granted.access_token).catch(async (error: unknown) => {
    if (before) say('The earlier sign-in stays in place.');
    else await saveSignIn(place.file, granted);
    throw error;
  });
  await saveSignIn(place.file, { ...granted, channel });
  if (before?.channel && before.channel.id !== channel.id) {
    say(`Videos used to go to the channel "${before.channel.title}"; from now on they go to this one.`);
  }
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

/** Looks up the channel with the new sign-in, before that replaces the old one. */
async function channelOf({ rootUrl }: SignInPlace, accessToken: string): Promise<NonNullable<TokenFile['channel']>> {
  const auth = { authorize: async () => ({ authorization: `Bearer ${accessToken}` }) };
  try {
    return await createYouTube({ rootUrl, auth }).getChannel();
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    const message = `It was approved in the browser, but the channel could not be looked up: ${error.message}`;
    throw new StageError(error.code, message, { remedy: error.remedy, action: error.action });
  }
}
