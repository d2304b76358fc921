import { StageError } from '../../domain/errors.ts';
import { readTokenFile, saveSignIn, signInState, type TokenFile } from '../../youtube/auth.ts';
import { createYouTube } from '../../youtube/channel.ts';
import type { SignInPlace } from './sign-in.ts';

type Granted = TokenFile & { readonly access_token: string };
type Channel = NonNullable<TokenFile['channel']>;

export interface SignedIn {
  readonly channel: Channel;
  /** Where videos went so far, if that is another channel. */
  readonly before?: Channel;
}

/**
 * Keeps what a person granted, once its channel is known.
 * @throws StageError if the channel cannot be looked up; an earlier sign-in that works then stays in place, and otherwise
 *   the new one is kept
 */
export async function completeSignIn(place: SignInPlace, granted: Granted): Promise<SignedIn> {
  const earlier = signInState(place.file).state === 'ready' ? readTokenFile(place.file) : undefined;
  const channel = await channelOf(place, granted.access_token).catch(async (error: unknown) => {
    if (!earlier) await saveSignIn(place.file, granted);
    throw error instanceof StageError ? explained(error, earlier !== undefined) : error;
  });
  await saveSignIn(place.file, { ...granted, channel });
  const before = earlier?.channel;
  return { channel, ...(before && before.id !== channel.id && { before }) };
}

/** Looks up the channel with the new sign-in, before that replaces the old one. */
function channelOf({ rootUrl }: SignInPlace, accessToken: string): Promise<Channel> {
  const auth = { authorize: async () => ({ authorization: `Bearer ${accessToken}` }) };
  return createYouTube({ rootUrl, auth }).getChannel();
}

function explained({ code, message, remedy, action }: StageError, earlierStays: boolean): StageError {
  const stays = earlierStays ? ' The earlier sign-in stays in place.' : '';
  const said = `It was approved in the browser, but the channel could not be looked up: ${message}${stays}`;
  return new StageError(code, said, { remedy, action });
}
