import type { Client } from '@temporalio/client';
import { videoIdOf } from '../domain/video-id.ts';
import { listVideos } from '../temporal/client/videos.ts';
import type { PublishTarget } from '../workspace/ledger.ts';
import type { Store } from '../workspace/store.ts';

export interface KnownBy {
  readonly client: Client;
  readonly store: Pick<Store, 'recordings' | 'ledger' | 'pickUps'>;
  readonly target: PublishTarget;
}

/** The recordings that have no video and had none: neither running, nor published, nor cancelled. */
export async function notYetVideos(files: readonly string[], { client, store, target }: KnownBy): Promise<string[]> {
  const { recordings, ledger, pickUps } = store;
  const videos = await listVideos(client);
  const known = new Set<string>(
    videos.flatMap(({ videoId, contentId }) => (contentId ? [videoId, contentId] : videoId)),
  );
  const fresh: string[] = [];
  for (const file of files) {
    // What is wrong with one that cannot be read, its start tells.
    const fingerprint = await recordings.fingerprint(file).catch(() => undefined);
    if (fingerprint === undefined || !isKnown(file, fingerprint)) fresh.push(file);
  }
  return fresh;

  function isKnown(file: string, fingerprint: string): boolean {
    const videoId = videoIdOf(fingerprint);
    if (known.has(videoId) || ledger.find(fingerprint, target)) return true;
    // Temporal forgets videos that have ended.
    const last = pickUps.find(file);
    return last?.videoId === videoId && last.isCancelled;
  }
}
