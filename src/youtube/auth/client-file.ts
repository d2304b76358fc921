import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { StageError } from '../../domain/errors.ts';
import { isSafeEndpoint } from './endpoint.ts';

/** The program, as Google knows it. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where a person grants access. */
  readonly authUri: string;
  readonly tokenUri: string;
}

const endpoint = z.string().refine(isSafeEndpoint);
const desktopClient = z.object({
  installed: z.object({
    client_id: z.string().min(1),
    client_secret: z.string().min(1),
    auth_uri: endpoint.default('https://accounts.google.com/o/oauth2/v2/auth'),
    token_uri: endpoint.default('https://oauth2.googleapis.com/token'),
  }),
});

/**
 * Reads the JSON file that the Google Cloud console offers for a client of type "Desktop app".
 * @throws StageError AUTH_REQUIRED if there is none, or saying what the file really is
 */
export async function readClient(path: string): Promise<OAuthClient> {
  const client = findClient(path);
  if (!client) throw wrongClient(`There is no OAuth client at ${path}`);
  return client;
}

/** The same; undefined if there is no file. @throws StageError AUTH_REQUIRED */
export function findClient(path: string): OAuthClient | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw wrongClient(`The OAuth client at ${path} cannot be read`);
  }
  return parseClient(text, path);
}

/**
 * @param name what the error calls the file
 * @throws StageError AUTH_REQUIRED saying what the file really is
 */
export function parseClient(text: string, name: string): OAuthClient {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw wrongClient(`${name} is not JSON, so it is not the client of a Desktop app`);
  }
  const parsed = desktopClient.safeParse(content);
  if (!parsed.success) throw wrongClient(`${name} ${whatItIs(content)}`);
  const { client_id, client_secret, auth_uri, token_uri } = parsed.data.installed;
  return { clientId: client_id, clientSecret: client_secret, authUri: auth_uri, tokenUri: token_uri };
}

/** Files that people mistake for it. */
function whatItIs(content: unknown): string {
  const fields = (typeof content === 'object' && content !== null ? content : {}) as Record<string, unknown>;
  if (fields.web !== undefined) return 'is a client of type Web application; a Desktop app is needed';
  if (fields.type === 'service_account') return 'is a service account; those have no YouTube channel';
  if (fields.refresh_token !== undefined) return 'is a sign-in, not a client';
  if (fields.installed !== undefined) return 'is the client of a Desktop app, but it is not complete';
  return 'is not the client of a Desktop app';
}

function wrongClient(message: string): StageError {
  return new StageError('AUTH_REQUIRED', `${message}.`, {
    remedy: 'fix',
    action:
      'In the Google Cloud console, create a client of type Desktop app and download its JSON file (docs/youtube.md says how). To keep it elsewhere, set BADMINTON_YOUTUBE_CLIENT.',
  });
}
