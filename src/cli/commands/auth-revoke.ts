import { signInPlace } from '../../app/publish-target/sign-in.ts';
import { revokeSignIn } from '../../youtube/auth.ts';
import { print } from '../output.ts';
import { readSettings } from '../session.ts';

interface Options {
  readonly rehearse?: true;
  readonly json?: true;
}

/** Revokes the sign-in, so that copies of the token file stop working too. */
export async function authRevoke({ rehearse, json }: Options): Promise<void> {
  const { config } = readSettings();
  const { file, ...options } = signInPlace(config, rehearse ?? false);
  const revoked = await revokeSignIn(file, options);
  const what = revoked ? 'The sign-in was revoked' : 'The sign-in was already invalid';
  print(json, { rehearsal: rehearse ?? false, revoked, file }, () => `${what}; ${file} is deleted.`);
}
