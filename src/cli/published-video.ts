import type { Client } from '@temporalio/client';
import type { Config } from '../app/config.ts';
import { thisHost } from '../app/host.ts';
import type { PublishTarget } from '../domain/publish-target.ts';
import { videoIdOf } from '../domain/video-id.ts';
import { RefusedError } from '../temporal/client/errors.ts';
import { publishedOn } from '../temporal/client/video-summary.ts';
import { findVideo } from '../temporal/client/videos.ts';
import { openStore } from '../workspace/store.ts';

export interface PublishedVideo {
  readonly videoId: string;
  /** The machine that has its records. */
  readonly hostId: string;
  /** Where it is published; absent where only that machine knows. */
  readonly target?: PublishTarget;
}

/**
 * The published video that a person means. The server forgets videos that have ended; the ledger of this machine does not.
 * @throws RefusedError if none or several match
 */
export async function publishedVideo(client: Client, config: Config, reference: string): Promise<PublishedVideo> {
  const host = thisHost(config.DATA_DIR);
  try {
    const video = await findVideo(client, reference);
    const { videoId, contentId, hostId = host.id } = video;
    const target = publishedOn(video) ?? (hostId === host.id ? config.PUBLISH_TARGET : undefined);
    return { videoId: contentId ?? videoId, hostId, ...(target && { target }) };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const [only, ...others] = inLedger(config, reference.trim());
    if (only === undefined || others.length > 0) throw error;
    return { videoId: only, hostId: host.id, target: config.PUBLISH_TARGET };
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
