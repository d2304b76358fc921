import path from 'node:path';
import { startLocalYouTube } from '../../local-youtube/local-youtube.ts';
import type { Config } from '../config.ts';
import { isServedHere, rootOf } from './addresses.ts';

/** The local YouTube, to which rehearsals go. */
export interface Rehearsal {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a local YouTube, unless another of our programs already does. Undefined if the settings name another address.
 * @throws StageError PORT_IN_USE if an unrelated program uses the port
 */
export async function serveRehearsal(config: Config): Promise<Rehearsal | undefined> {
  if (!isServedHere(config)) return undefined;
  const url = rootOf(config, 'local');
  if (config.LOCAL_YOUTUBE_PORT !== 0 && (await answers(url))) return { url, close: async () => undefined };
  return startLocalYouTube({ folder: path.join(config.DATA_DIR, 'local-youtube'), port: config.LOCAL_YOUTUBE_PORT });
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return (await response.text()).includes('REHEARSAL');
  } catch {
    return false;
  }
}
