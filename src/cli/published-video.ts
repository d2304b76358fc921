import type { Client } from '@temporalio/client';
import type { Config } from '../app/config.ts';
import { thisHost } from '../app/host.ts';
import { videoIdOf } from '../domain/video-id.ts';
import { RefusedError } from '../temporal/client/errors.ts';
import { findVideo } from '../temporal/client/videos.ts';
import { openStore } from '../workspace/store.ts';

export interface PublishedVideo {
  readonly videoId: string;
  /** The machine that has its records. */
  readonly hostId: string;
}

/**
 * The published video that a person means. The server forgets videos that have ended; the ledger of this machine does not.
 * @throws RefusedError if none or several match
 */
export async function publishedVideo(client: Client, config: Config, reference: string): Promise<PublishedVideo> {
  const host = thisHost(config.DATA_DIR);
  try {
    const { videoId, contentId, hostId } = await findVideo(client, reference);
    return { videoId: contentId ?? videoId, hostId: hostId ?? host.id };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const [only, ...others] = inLedger(config, reference.trim());
    if (only === undefined || others.length > 0) throw error;
    return { videoId: only, hostId: host.id };
  }
}

function inLedger(config: Config, text: string): string[] {
  const store = openStore(config.DATA_DIR);
  try {
    const published = store.ledger.all().filter(({ target }) => target === config.PUBLISH_TARGET);
    return published
      .map(({ fingerprint, recording }) => ({ videoId: videoIdOf(fingerprint), recording }))
      .filter(
        ({ videoId, recording }) =>
          text !== '' && (recording === text || videoId.startsWith(text) || videoId.startsWith(`video-${text}`)),
      )
      .map(({ videoId }) => videoId);
  } finally {
    store.close();
  }
}
