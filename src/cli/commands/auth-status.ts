import { type SignInPlace, signInPlace } from '../../app/publish-target/sign-in.ts';
import { StageError } from '../../domain/errors.ts';
import { fileAuth, readTokenFile } from '../../youtube/auth.ts';
import { createYouTube } from '../../youtube/channel.ts';
import { ago, print } from '../output.ts';
import { readSettings } from '../session.ts';

interface Options {
  readonly rehearse?: true;
  readonly json?: true;
}

interface Status {
  readonly rehearsal: boolean;
  readonly file: string;
  readonly works: boolean;
  readonly channel?: { readonly id: string; readonly title: string };
  readonly scopes?: readonly string[];
  /** ISO 8601; absent for a file that another program made. */
  readonly signedInAt?: string;
  readonly problem?: { readonly code: string; readonly message: string; readonly action: string };
}

/** Tries the current sign-in on YouTube; exit code 1 if it does not work. Costs one unit of quota. */
export async function authStatus({ rehearse, json }: Options): Promise<void> {
  const { config } = readSettings();
  const place = signInPlace(config, rehearse ?? false);
  const status = { rehearsal: rehearse ?? false, file: place.file, ...(await examine(place)) };
  print(json, status, () => describe(status));
  if (!status.works) process.exitCode = 1;
}

async function examine({ file, rootUrl, ...options }: SignInPlace): Promise<Omit<Status, 'rehearsal' | 'file'>> {
  let known: Pick<Status, 'channel' | 'scopes' | 'signedInAt'> = {};
  try {
    const { channel, scopes, created_at } = readTokenFile(file, options.command);
    known = { ...(channel && { channel }), ...(scopes && { scopes }), ...(created_at && { signedInAt: created_at }) };
    const { id, title } = await createYouTube({ rootUrl, auth: fileAuth(file, options) }).getChannel();
    return { ...known, works: true, channel: { id, title } };
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    const { code, message, action } = error;
    return { ...known, works: false, problem: { code, message, action } };
  }
}

function describe({ rehearsal, file, works, channel, scopes, signedInAt, problem }: Status): string {
  const rows: [string, string | undefined][] = [
    ['Works', works ? `yes${rehearsal ? ' (REHEARSAL)' : ''}` : `no: ${problem?.message} ${problem?.action}`],
    ['Channel', channel && `${channel.title} (${channel.id})`],
    ['May', scopes?.join(', ')],
    ['Signed in', signedInAt && `${ago(signedInAt)} ago (${signedInAt})`],
    ['File', file],
  ];
  return rows.flatMap(([name, text]) => (text ? `${name.padEnd(11)}${text}` : [])).join('\n');
}
