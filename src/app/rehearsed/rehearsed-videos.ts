import { existsSync } from 'node:fs';
import { StageError } from '../../domain/errors.ts';
import { videoIdOf } from '../../domain/video-id.ts';
import { placesOf } from '../../stages/find-recording.ts';
import { preparedRecord, publicationRecord } from '../../stages/records.ts';
import { isOnlyForRehearsals } from '../../stages/rehearsal/only-for-rehearsals.ts';
import { isOnlyRehearsed, rehearsedOnly } from '../../workspace/ledger.ts';
import type { Store } from '../../workspace/store.ts';
import { openReadOnly } from '../../workspace/workspace.ts';
import type { Config } from '../config.ts';
import { sampleFolder } from '../studio/own-sample.ts';

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

/** In the order in which they were rehearsed. Without the sample match, which the real YouTube never gets. */
export const rehearsedVideos = (store: Store, { DATA_DIR }: Pick<Config, 'DATA_DIR'>): RehearsedVideo[] =>
  rehearsedOnly(store.ledger).flatMap(({ fingerprint, title, recording, publishedAt, watchUrl }) => {
    const videoId = videoIdOf(fingerprint);
    const { videoPath, problem } = seenOf(store, videoId);
    if (videoPath !== undefined && isOnlyForRehearsals(videoPath, sampleFolder(DATA_DIR))) return [];
    return [{ videoId, title, recording, rehearsedAt: publishedAt, watchUrl, ...(problem && { problem }) }];
  });

/** What is damaged in the records of one video keeps no other from being published. */
function seenOf({ workspaceRoot }: Store, videoId: string): { videoPath?: string; problem?: string } {
  try {
    const workspace = openReadOnly(workspaceRoot, videoId);
    const prepared = workspace?.read(preparedRecord);
    if (!workspace || !prepared) return { problem: recordsGone };
    const { videoPath } = prepared;
    const places = placesOf(workspace, prepared);
    if (!places.some((place) => existsSync(place))) return { videoPath, problem: recordingGone(places) };
    workspace.read(publicationRecord('local'));
    return { videoPath };
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return { problem: `${error.message} ${error.action}` };
  }
}

/** Video id of a recording that was rehearsed, and would now be published for real; known by its content. */
export const rehearsedAs =
  (store: Pick<Store, 'ledger' | 'recordings'>, now: () => Pick<Config, 'PUBLISH_TARGET'>) =>
  async (file: string): Promise<string | undefined> => {
    if (now().PUBLISH_TARGET === 'local') return undefined;
    const fingerprint = await store.recordings.fingerprint(file);
    return isOnlyRehearsed(store.ledger, fingerprint) ? videoIdOf(fingerprint) : undefined;
  };

export const recordsGone = 'Its records are gone: start its recording again, and choose a frame.';
export const recordingGone = (places: readonly string[]) =>
  `The recording is gone: it is not at ${places.join(', nor at ')}. Put it back first.`;
