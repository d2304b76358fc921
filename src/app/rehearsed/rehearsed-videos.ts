import { existsSync } from 'node:fs';
import { videoIdOf } from '../../domain/video-id.ts';
import { placesOf } from '../../stages/find-recording.ts';
import { preparedRecord } from '../../stages/records.ts';
import { rehearsedOnly } from '../../workspace/ledger.ts';
import type { Store } from '../../workspace/store.ts';
import { openReadOnly } from '../../workspace/workspace.ts';

/** A video of this machine that was rehearsed and is not on the real YouTube. */
export interface RehearsedVideo {
  readonly videoId: string;
  readonly title: string;
  /** The recording's file name when it was rehearsed. */
  readonly recording: string;
  /** ISO 8601. */
  readonly rehearsedAt: string;
  readonly watchUrl: string;
  /** Why it cannot be published, as far as that can be seen without reading the recording. */
  readonly problem?: string;
}

/** In the order in which they were rehearsed. */
export const rehearsedVideos = (store: Store): RehearsedVideo[] =>
  rehearsedOnly(store.ledger).map(({ fingerprint, title, recording, publishedAt, watchUrl }) => {
    const videoId = videoIdOf(fingerprint);
    const problem = problemOf(store, videoId);
    return { videoId, title, recording, rehearsedAt: publishedAt, watchUrl, ...(problem && { problem }) };
  });

export const rehearsedIds = (store: Pick<Store, 'ledger'>): string[] =>
  rehearsedOnly(store.ledger).map(({ fingerprint }) => videoIdOf(fingerprint));

function problemOf({ workspaceRoot }: Store, videoId: string): string | undefined {
  const workspace = openReadOnly(workspaceRoot, videoId);
  const prepared = workspace?.read(preparedRecord);
  if (!workspace || !prepared) return recordsGone;
  const places = placesOf(workspace, prepared);
  return places.some((place) => existsSync(place)) ? undefined : recordingGone(places);
}

export const recordsGone = 'Its records are gone: start its recording again, and choose a frame.';
export const recordingGone = (places: readonly string[]) =>
  `The recording is gone: it is not at ${places.join(', nor at ')}. Put it back first.`;
